package org.danelaw.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.lab.realm.Domain;
import org.danelaw.lab.realm.Ending;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.realm.Outcome;
import org.danelaw.lab.realm.Realm;
import org.danelaw.verify.DaneVerify.Depth;
import org.danelaw.verify.Judgement.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every domain of the lab's realm, asked of `daneverify`: what it says of mail is how the realm says that mail ends.
class RealmTest {
    @TempDir
    Path folder;

    @Test
    void whatIsSaidOfMailIsHowMailEndsAndIsSaidInLinesThatOperatorsKnow() throws IOException {
        var differences = new ArrayList<String>();
        var lines = new ArrayList<String>();
        var realm = Realm.danelaw(Instant.now(), LiveRealm.freePort());
        try (var world = World.start(realm, folder)) {
            for (Domain domain : realm.domains()) {
                var report = world.verify(domain.mailName(), "127.0.0.1", Depth.CERTIFICATES, lines::add);
                assertThat(lines).endsWith(verdict(report, domain), "DANE verification completed.");
                compare(domain.opportunistic(), Forecast.of(Modes.OPPORTUNISTIC, report), domain, differences);
                compare(domain.mandatory(), Forecast.of(Modes.MANDATORY, report), domain, differences);
                boolean success = report.judgement().result() == Result.SUCCESS;
                if (success != (domain.mandatory().outcome() == Outcome.AUTHENTICATED)) {
                    differences.add(domain + ": judged " + report.judgement());
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(lines).allMatch(LineForms::has);
        assertThat(realm.domains()).hasSizeGreaterThan(60);
    }

    private static String verdict(Report report, Domain domain) {
        boolean success = report.judgement().result() == Result.SUCCESS;
        return "DANE " + (success ? "SUCCESS" : "FAILED") + " for " + domain.mailName();
    }

    private static void compare(Ending ending, Forecast forecast, Domain domain, List<String> differences) {
        boolean same = switch (ending.outcome()) {
            case AUTHENTICATED -> forecast.outcome() == Forecast.Outcome.DELIVER_AUTHENTICATED;
            case INSECURE_MX -> forecast.outcome() == Forecast.Outcome.DELIVER_INSECURE_MX;
            case ENCRYPTED ->
                forecast.outcome() == Forecast.Outcome.DELIVER_ENCRYPTED
                        || forecast.outcome() == Forecast.Outcome.BY_TLS_SETTING;
            case CLEAR -> forecast.outcome() == Forecast.Outcome.BY_TLS_SETTING;
            case DEFERRED ->
                forecast.outcome() == Forecast.Outcome.DEFER
                        && forecast.reason().equals(ending.reason());
            case BOUNCED ->
                forecast.outcome() == Forecast.Outcome.BOUNCE
                        && forecast.reason().equals(ending.reason());
        };
        if (!same) {
            differences.add(
                    domain + ": ends " + ending + ", said " + forecast.outcome() + " (" + forecast.reason() + ")");
        }
    }
}
