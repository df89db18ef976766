package org.danelaw.delivery;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The table of SMTP routes. A look-up takes as many steps as the domain has labels, however long the table
/// is.
///
/// @param byMatch in A-label form, lower case
public record SmtpRoutes(Map<String, SmtpRoute> byMatch) {
    /// Matches every domain, and address literals.
    public static final String ALL = "ALL";

    public static final SmtpRoutes NONE = new SmtpRoutes(Map.of());

    public SmtpRoutes {
        byMatch = Map.copyOf(byMatch);
    }

    public static SmtpRoutes of(Collection<? extends SmtpRoute> routes) {
        return new SmtpRoutes(routes.stream().collect(Collectors.toMap(SmtpRoute::match, Function.identity())));
    }

    /// Which way mail to `domain` takes: as the DNS says where the table says nothing.
    public SmtpRoute way(String domain) {
        return of(domain).orElse(new SmtpRoute.ByDns(domain));
    }

    /// The most particular route for mail to `domain`: its own, else that of its nearest parent with a
    /// leading dot, else that for all.
    public Optional<SmtpRoute> of(String domain) {
        return MostParticular.in(byMatch, domain).or(() -> Optional.ofNullable(byMatch.get(ALL)));
    }
}
