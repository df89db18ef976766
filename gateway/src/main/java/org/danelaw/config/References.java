package org.danelaw.config;

import static org.danelaw.config.Schema.Bounce;
import static org.danelaw.config.Schema.Control;
import static org.danelaw.config.Schema.FlowPolicy;
import static org.danelaw.config.Schema.Listener;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.config.Row.Placed;
import org.danelaw.intake.MailFlowPolicy.Auth;
import org.danelaw.intake.MailFlowPolicy.TlsOffer;
import org.danelaw.intake.RecipientMatch;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.queue.BounceProfile;

/// Looks at what keys say about each other: names that are used twice or defined nowhere, settings that
/// exclude or need one another.
final class References {
    private final Row file;
    private final List<Problem> problems = new ArrayList<>();

    private References(Row file) {
        this.file = file;
    }

    static List<Problem> problems(Row file) {
        var references = new References(file);
        references.uniqueNames(file.repeated(Listener.SECTION), Listener.LISTENER_NAME, "listener");
        references.uniqueNames(file.repeated(Schema.Log.SECTION), Schema.Log.LOG_NAME, "log");
        references.uniqueValues(file.repeated(Schema.Route.SECTION), Schema.Route.DOMAIN, "route for");
        references.uniqueListenerAddresses();
        references.uniqueResolvers();
        references.timeoutsForEachPriority();
        references.listeners();
        references.authentication();
        references.lastRecipientEntry();
        references.bounceProfiles();
        references.destinationControls();
        references.logFiles();
        references.routes();
        references.together(file.single(Schema.Tls.SECTION), Schema.Tls.CLIENT_CERTIFICATE, Schema.Tls.CLIENT_KEY);
        return references.problems;
    }

    private void listeners() {
        for (Row listener : file.repeated(Listener.SECTION)) {
            var groups = listener.repeated(Listener.SENDER_GROUP);
            together(listener, Listener.CERTIFICATE, Listener.PRIVATE_KEY);
            uniqueNames(groups, Listener.GROUP_NAME, "sender group of this listener");
            groups.forEach(group -> group.given(Listener.POLICY).ifPresent(policy -> policy(listener, policy)));
        }
    }

    private void policy(Row listener, Placed<String> policy) {
        var policies = file.named(FlowPolicy.SECTION);
        var named = policies.get(policy.value());
        if (named == null) {
            undefined(policy, "mail-flow-policy", policies.keySet());
        } else if (listener.given(Listener.CERTIFICATE).isEmpty()) {
            named.given(FlowPolicy.TLS)
                    .filter(tls -> tls.value() == TlsOffer.REQUIRED)
                    .ifPresent(tls -> needsCertificate(policy, "requires TLS", tls.at()));
            named.given(FlowPolicy.AUTH)
                    .filter(auth -> auth.value() != Auth.NONE)
                    .ifPresent(auth -> needsCertificate(policy, "offers AUTH, which needs TLS", auth.at()));
        }
    }

    private void needsCertificate(Placed<String> policy, String what, Position where) {
        report(
                policy.at(),
                "the policy \"" + policy.value() + "\" " + what + " (line " + where.line()
                        + "), and this listener has no certificate");
    }

    /// AUTH needs users, and TLS to hide their passwords.
    private void authentication() {
        boolean hasUsers =
                file.single(Schema.Auth.SECTION).given(Schema.Auth.USERS_FILE).isPresent();
        for (Row policy : file.named(FlowPolicy.SECTION).values()) {
            policy.given(FlowPolicy.AUTH)
                    .filter(auth -> auth.value() != Auth.NONE)
                    .ifPresent(auth -> {
                        String given = "auth = \"" + Kind.name(auth.value()) + "\" ";
                        if (!hasUsers) {
                            report(auth.at(), given + "needs [auth] users-file");
                        }
                        policy.given(FlowPolicy.TLS)
                                .filter(tls -> tls.value() == TlsOffer.NONE)
                                .ifPresent(tls -> report(
                                        auth.at(),
                                        given + "needs TLS, and tls = \"none\" (line "
                                                + tls.at().line() + ") switches it off: change one of the two"));
                    });
        }
    }

    /// Behind the last entry all other recipients are rejected, and nobody can take that away.
    private void lastRecipientEntry() {
        var entries = file.repeated(Schema.Access.SECTION);
        for (Row entry : entries) {
            entry.given(Schema.Access.MATCH)
                    .filter(match -> match.value() instanceof RecipientMatch.Everybody)
                    .filter(match -> !entry.equals(entries.getLast())
                            || entry.optional(Schema.Access.ACTION)
                                    .filter(action -> action == Settings.RecipientAction.ACCEPT)
                                    .isPresent())
                    .ifPresent(
                            match -> report(match.at(), "\"ALL\" is only for the last entry, and it can only reject"));
        }
    }

    private void bounceProfiles() {
        var profiles = file.named(Bounce.SECTION);
        var users = new ArrayList<Placed<String>>();
        file.repeated(Listener.SECTION)
                .forEach(listener -> listener.given(Listener.BOUNCE_PROFILE).ifPresent(users::add));
        file.named(Control.SECTION)
                .values()
                .forEach(control -> control.given(Control.BOUNCE_PROFILE).ifPresent(users::add));
        users.stream()
                .filter(user -> !user.value().equals(BounceProfile.DEFAULT_NAME))
                .filter(user -> !profiles.containsKey(user.value()))
                .forEach(user -> undefined(user, "bounce-profile", profiles.keySet()));
    }

    private void destinationControls() {
        var controls = file.named(Control.SECTION);
        var byDefault = Optional.ofNullable(controls.get(Control.DEFAULT));
        controls.values().forEach(control -> {
            daneNeedsTls(control, byDefault);
            if (control.given(Control.RECIPIENTS_MINUTES).isPresent()
                    && control.given(Control.RECIPIENTS).isEmpty()) {
                report(
                        control.given(Control.RECIPIENTS_MINUTES).orElseThrow().at(),
                        "recipients-minutes says nothing without recipients in the same table");
            }
        });
        sameDomain(controls);
    }

    /// DANE is TLS with a proof: none of it is left when TLS is switched off, here or in Default.
    private void daneNeedsTls(Row control, Optional<Row> byDefault) {
        var ownTls = control.given(Control.TLS);
        var ownDane = control.given(Control.DANE);
        var tls = ownTls.or(() -> byDefault.flatMap(row -> row.given(Control.TLS)));
        var dane = ownDane.or(() -> byDefault.flatMap(row -> row.given(Control.DANE)));
        boolean inherited = ownTls.isEmpty() && ownDane.isEmpty();
        if (inherited || tls.isEmpty() || dane.isEmpty()) {
            return;
        }
        if (tls.get().value() == TlsSupport.NONE && dane.get().value() != DaneSupport.NONE) {
            var place = ownDane.isPresent() ? dane.get().at() : tls.get().at();
            report(
                    place,
                    "dane = \"" + Kind.name(dane.get().value()) + "\" (line "
                            + dane.get().at().line()
                            + ") needs TLS, and tls = \"none\" (line "
                            + tls.get().at().line()
                            + ") switches it off: change one of the two");
        }
    }

    private void routes() {
        var own = OwnPlaces.of(file);
        file.repeated(Schema.Route.SECTION)
                .forEach(route -> route.given(Schema.Route.TO).ifPresent(to -> {
                    to.value().stream()
                            .filter(RouteTarget::standsAlone)
                            .findFirst()
                            .ifPresent(alone -> standsAlone(route, to, alone.written()));
                    own.among(to.value())
                            .ifPresent(place -> report(to.at(), "the route leads to this gateway itself: " + place));
                }));
    }

    private void standsAlone(Row route, Placed<List<RouteTarget>> to, String target) {
        if (to.value().size() > 1) {
            report(to.at(), "\"" + target + "\" stands alone: no other way is ever taken beside it");
        }
        route.given(Schema.Route.DANE)
                .ifPresent(dane -> report(
                        dane.at(),
                        "dane says nothing on a route to \"" + target + "\" (line "
                                + to.at().line() + ")"));
    }

    /// Two spellings of one domain would be two entries of which one never counts.
    private void sameDomain(Map<String, Row> controls) {
        var seen = new HashMap<String, Position>();
        controls.forEach((name, row) -> {
            if (Kinds.DOMAIN_OR_BELOW.read(new Given(name, row.at())) instanceof Kind.Reading.Fit<String>(var domain)) {
                unique(seen, domain, row.at(), "destination control for");
            }
        });
    }

    private void uniqueListenerAddresses() {
        // Port 0 is a different port each time.
        var fixed = file.repeated(Listener.SECTION).stream()
                .filter(listener -> listener.optional(Listener.ADDRESS)
                        .filter(address -> address.getPort() != 0)
                        .isPresent())
                .toList();
        uniqueValues(fixed, Listener.ADDRESS, "listener at");
    }

    private void uniqueResolvers() {
        uniqueValues(file.single(Schema.Dns.SECTION).repeated(Schema.Dns.RESOLVER), Schema.Dns.ADDRESS, "resolver");
    }

    private void logFiles() {
        var seen = new HashMap<String, Position>();
        for (Row log : file.repeated(Schema.Log.SECTION)) {
            var named = log.given(Schema.Log.LOG_NAME).map(Placed::at);
            log.given(Schema.Log.FILE)
                    .map(Placed::at)
                    .or(() -> named)
                    .ifPresent(at -> unique(seen, Schema.Log.file(log).toString(), at, "log in the file"));
        }
    }

    private void timeoutsForEachPriority() {
        var dns = file.single(Schema.Dns.SECTION);
        long priorities = dns.repeated(Schema.Dns.RESOLVER).stream()
                .map(resolver -> resolver.optional(Schema.Dns.PRIORITY).orElse(0))
                .distinct()
                .count();
        dns.given(Schema.Dns.TIMEOUTS_SECONDS).ifPresent(timeouts -> {
            if (priorities > 0 && timeouts.value().size() != priorities) {
                report(
                        timeouts.at(),
                        "timeouts-seconds has " + timeouts.value().size() + " elements for " + priorities
                                + " priorities of resolvers: it takes one for each");
            }
        });
    }

    private void together(Row row, Key<?> one, Key<?> other) {
        var first = row.given(one);
        var second = row.given(other);
        if (first.isPresent() != second.isPresent()) {
            var there = first.isPresent() ? one : other;
            var missing = first.isPresent() ? other : one;
            report(row.given(there).orElseThrow().at(), there.name() + " is given without " + missing.name());
        }
    }

    private void uniqueNames(List<Row> rows, Key<String> name, String what) {
        uniqueValues(rows, name, what + " called");
    }

    private void uniqueValues(List<Row> rows, Key<?> key, String what) {
        var seen = new HashMap<String, Position>();
        rows.forEach(row -> row.given(key).ifPresent(value -> unique(seen, written(value.value()), value.at(), what)));
    }

    private void unique(Map<String, Position> seen, String value, Position at, String what) {
        var earlier = seen.putIfAbsent(value, at);
        if (earlier != null) {
            report(at, "there is already a " + what + " \"" + value + "\" in line " + earlier.line());
        }
    }

    private void undefined(Placed<String> used, String table, java.util.Set<String> known) {
        String advice = Nearest.to(used.value(), known)
                .map(nearest -> ": did you mean \"" + nearest + "\"?")
                .orElse("");
        report(used.at(), "there is no [" + table + "." + used.value() + "]" + advice);
    }

    private void report(Position at, String text) {
        problems.add(new Problem(at, text));
    }

    static String written(Object value) {
        return value instanceof java.net.InetSocketAddress address
                ? address.getAddress().getHostAddress() + " port " + address.getPort()
                : value.toString();
    }
}
