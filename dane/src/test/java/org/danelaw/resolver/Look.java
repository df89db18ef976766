package org.danelaw.resolver;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Crypto;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.TrustAnchor;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.ValidationSettings;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// A validator in a lab's internet at one instant, and what it makes of questions, in few words.
final class Look {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final LabUpstream upstream;
    private final Validator validator;

    Look(Internet internet, Instant now, ValidationSettings settings) {
        this(new LabUpstream(internet), internet, now, settings);
    }

    Look(LabUpstream upstream, Internet internet, Instant now, ValidationSettings settings) {
        this.upstream = upstream;
        this.validator = validator(upstream, internet, InstantSource.fixed(now), settings);
    }

    static Validator validator(Upstream upstream, Internet internet, InstantSource clock, ValidationSettings settings) {
        return validator(upstream, internet, new Zones(clock), clock, settings);
    }

    static Validator validator(
            Upstream upstream, Internet internet, Zones zones, InstantSource clock, ValidationSettings settings) {
        List<TrustAnchor> anchors = internet.anchors().stream()
                .<TrustAnchor>map(TrustAnchor.Digest::new)
                .toList();
        return new Validator(
                upstream, new Equipment(() -> anchors, zones, clock, settings, Crypto.fastest()), ResolverEvents.NONE);
    }

    /// In an internet of these zones.
    static Look into(Zone... zones) {
        return new Look(Internet.at(NOW, zones), NOW, ValidationSettings.DEFAULT);
    }

    static Look at(Instant now, Zone... zones) {
        return new Look(Internet.at(NOW, zones), now, ValidationSettings.DEFAULT);
    }

    static Look with(ValidationSettings settings, Zone... zones) {
        return new Look(Internet.at(NOW, zones), NOW, settings);
    }

    Validated<Answer> answer(String name, String type) {
        return validator.validate(question(name, type));
    }

    /// `SECURE FOUND`, `INSECURE NODATA`, `SECURE NXDOMAIN`, `BOGUS`, `UNAVAILABLE`.
    String at(String name, String type) {
        return switch (answer(name, type)) {
            case Validated.Secure<Answer>(var answer, var _) -> "SECURE " + kind(answer);
            case Validated.Insecure<Answer>(var answer, var _) -> "INSECURE " + kind(answer);
            case Validated.Bogus<Answer> _ -> "BOGUS";
            case Validated.Unavailable<Answer> _ -> "UNAVAILABLE";
        };
    }

    /// Why there is no answer.
    Reason reason(String name, String type) {
        return switch (answer(name, type)) {
            case Validated.Secure<Answer> secure -> throw new AssertionError("secure: " + secure);
            case Validated.Insecure<Answer> insecure -> throw new AssertionError("insecure: " + insecure);
            case Validated.Bogus<Answer>(var reason) -> reason;
            case Validated.Unavailable<Answer>(var reason) -> reason;
        };
    }

    List<String> asked() {
        return upstream.asked();
    }

    static Question question(String name, String type) {
        return new Question(Name.fromConstantString(name.endsWith(".") ? name : name + "."), Type.value(type));
    }

    private static String kind(Answer answer) {
        return switch (answer) {
            case Answer.Found _ -> "FOUND";
            case Answer.NoData _ -> "NODATA";
            case Answer.NoSuchName _ -> "NXDOMAIN";
        };
    }
}
