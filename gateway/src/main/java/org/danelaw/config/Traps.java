package org.danelaw.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.config.Row.Placed;
import org.danelaw.config.Schema.Access;
import org.danelaw.config.Schema.Control;
import org.danelaw.config.Schema.FlowPolicy;
import org.danelaw.config.Schema.Listener;
import org.danelaw.config.Schema.Route;
import org.danelaw.delivery.MostParticular;
import org.danelaw.delivery.SmtpRoutes;
import org.danelaw.intake.MailFlowPolicy.Action;
import org.danelaw.intake.RecipientMatch;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.RouteDane;

/// Settings that are sound each by itself and together do what hardly anybody means: told at each check and
/// commit.
final class Traps {
    /// A table of thousands of routes may be one mistake: it is told of so often, and then counted.
    private static final int MOST_OF_ONE_KIND = 5;

    private final Row file;
    private final Map<String, Row> controls = new HashMap<>();
    private final Map<String, Row> routes = new HashMap<>();

    private Traps(Row file) {
        this.file = file;
        file.named(Control.SECTION).forEach((name, row) -> controls.put(spelled(name), row));
        file.repeated(Route.SECTION)
                .forEach(row -> row.optional(Route.DOMAIN).ifPresent(domain -> routes.put(domain, row)));
    }

    static List<Problem> of(Row file) {
        var traps = new Traps(file);
        var notes = new ArrayList<Problem>();
        notes.addAll(fewOf(traps.ownDomainsWithARoute()));
        notes.addAll(fewOf(traps.routesWithoutDane()));
        notes.addAll(fewOf(traps.routesForAll()));
        notes.addAll(fewOf(traps.acceptedMailToMandatoryDomains()));
        return notes;
    }

    /// A domain whose mail comes in under ACCEPT, without DANE, and under RELAY, with DANE, and then takes
    /// one route.
    private List<Problem> ownDomainsWithARoute() {
        if (policies(Action.RELAY, true).isEmpty()
                || policies(Action.ACCEPT, false).isEmpty()) {
            return List.of();
        }
        var notes = new ArrayList<Problem>();
        for (var entry : accepted()) {
            var domain = domain(entry);
            route(domain)
                    .filter(Traps::isWithoutDane)
                    .ifPresent(route -> dane(domain)
                            .ifPresent(dane -> notes.add(new Problem(
                                    at(route),
                                    "the SMTP route for \"" + match(route) + "\" takes mail for \"" + domain
                                            + "\" both from relay clients, to which DANE applies (" + word(dane)
                                            + "), and under accept (recipient-access, line "
                                            + entry.at().line() + "), to which it does not: "
                                            + effect(route, dane.value()) + ADVICE))));
        }
        return notes;
    }

    /// Routes that make less of DANE than the destination control says.
    private List<Problem> routesWithoutDane() {
        return routes.values().stream()
                .filter(Traps::isWithoutDane)
                .filter(route -> !match(route).equals(SmtpRoutes.ALL))
                .flatMap(route -> dane(match(route)).stream()
                        .map(dane -> new Problem(
                                at(route),
                                "\"" + match(route) + "\" has an SMTP route and DANE (" + word(dane) + "): "
                                        + effect(route, dane.value()) + ADVICE)))
                .toList();
    }

    /// A tier that gives all its mail to another cannot say what DANE says of the destinations.
    private List<Problem> routesForAll() {
        var all = Optional.ofNullable(routes.get(SmtpRoutes.ALL)).filter(Traps::leadsToHosts);
        return controls.values().stream()
                .flatMap(control -> control.given(Control.DANE).stream())
                .filter(dane -> dane.value() != DaneSupport.NONE)
                .min(Comparator.comparing(Placed::at))
                .flatMap(dane -> all.map(route -> new Problem(
                        at(route),
                        "the SMTP route for ALL gives all mail to another host, and DANE is on (" + word(dane)
                                + "): DANE belongs to the tier that speaks to the outside; switch it off here")))
                .stream()
                .toList();
    }

    private List<Problem> acceptedMailToMandatoryDomains() {
        var notes = new ArrayList<Problem>();
        for (var policy : policies(Action.ACCEPT, false)) {
            for (var entry : accepted()) {
                dane(domain(entry))
                        .filter(dane -> dane.value() == DaneSupport.MANDATORY)
                        .ifPresent(dane -> notes.add(new Problem(
                                entry.at(),
                                "mail for \"" + entry.value() + "\" under the policy \"" + policy
                                        + "\" goes without DANE, although its destination control requires it ("
                                        + word(dane) + "): give the policy dane = true, if it must not")));
            }
        }
        return notes;
    }

    private static final String ADVICE =
            "; give the route dane = \"route-host\" or the destination control dane = \"none\"";

    private static String effect(Row route, DaneSupport dane) {
        var waits = dane == DaneSupport.MANDATORY || route.value(Route.DANE) == RouteDane.FAIL;
        return waits ? "all its mail with DANE waits for the reason \"SMTP route\"" : "its mail goes without DANE";
    }

    private static boolean isWithoutDane(Row route) {
        return leadsToHosts(route) && route.value(Route.DANE) != RouteDane.ROUTE_HOST;
    }

    private static boolean leadsToHosts(Row route) {
        return route.optional(Route.TO)
                .filter(to -> !to.getFirst().standsAlone())
                .isPresent();
    }

    /// The DANE Support of a domain, if it is not none, and which line says so.
    private Optional<Placed<DaneSupport>> dane(String domain) {
        return MostParticular.in(controls, domain)
                .flatMap(control -> control.given(Control.DANE))
                .or(() -> Optional.ofNullable(controls.get(Control.DEFAULT)).flatMap(row -> row.given(Control.DANE)))
                .filter(dane -> dane.value() != DaneSupport.NONE);
    }

    private Optional<Row> route(String domain) {
        return MostParticular.in(routes, domain).or(() -> Optional.ofNullable(routes.get(SmtpRoutes.ALL)));
    }

    /// The policies with this action that some listener has, and under which DANE applies or does not.
    private List<String> policies(Action action, boolean withDane) {
        var all = file.named(FlowPolicy.SECTION);
        return file.repeated(Listener.SECTION).stream()
                .flatMap(listener -> listener.repeated(Listener.SENDER_GROUP).stream())
                .flatMap(group -> group.optional(Listener.POLICY).stream())
                .distinct()
                .filter(name -> Optional.ofNullable(all.get(name))
                        .filter(policy -> policy.optional(FlowPolicy.ACTION).equals(Optional.of(action)))
                        .filter(policy -> policy.optional(FlowPolicy.DANE).orElse(action.daneByDefault()) == withDane)
                        .isPresent())
                .toList();
    }

    private List<Placed<RecipientMatch>> accepted() {
        return file.repeated(Access.SECTION).stream()
                .filter(entry -> entry.optional(Access.ACTION).equals(Optional.of(Settings.RecipientAction.ACCEPT)))
                .flatMap(entry -> entry.given(Access.MATCH).stream())
                .filter(match -> match.value().domain().isPresent())
                .toList();
    }

    private static String domain(Placed<RecipientMatch> recipients) {
        return recipients.value().domain().orElseThrow();
    }

    private static String match(Row route) {
        return route.optional(Route.DOMAIN).orElseThrow();
    }

    private static Position at(Row route) {
        return route.given(Route.DOMAIN).orElseThrow().at();
    }

    private static String word(Placed<DaneSupport> dane) {
        return "dane = \"" + Kind.name(dane.value()) + "\", line " + dane.at().line();
    }

    private static String spelled(String domain) {
        return switch (Kinds.DOMAIN_OR_BELOW.read(new Given(domain, Position.START))) {
            case Kind.Reading.Fit<String>(var name) -> name;
            case Kind.Reading.Unfit<String> unfit -> domain;
        };
    }

    private static List<Problem> fewOf(List<Problem> notes) {
        var sorted = notes.stream().distinct().sorted(Problem.READING_ORDER).toList();
        if (sorted.size() <= MOST_OF_ONE_KIND) {
            return sorted;
        }
        var few = new ArrayList<>(sorted.subList(0, MOST_OF_ONE_KIND));
        var next = sorted.get(MOST_OF_ONE_KIND);
        few.add(new Problem(next.at(), "and so on: " + (sorted.size() - MOST_OF_ONE_KIND) + " more of this kind"));
        return few;
    }
}
