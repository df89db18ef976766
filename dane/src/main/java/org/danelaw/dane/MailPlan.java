package org.danelaw.dane;

import java.util.List;

/// Where a domain's mail goes now: to servers, or nowhere, for an [Obstacle] that says whether waiting helps.
public sealed interface MailPlan permits MailPlan.Servers, Obstacle {
    /// There are servers to try, in this order, until one takes the mail.
    ///
    /// @param servers each with what it must prove
    /// @param obstacles why other servers or addresses of the domain may not be tried now
    record Servers(List<MailServer> servers, List<Obstacle> obstacles) implements MailPlan {
        /// At least one server.
        public Servers {
            servers = List.copyOf(servers);
            obstacles = List.copyOf(obstacles);
            if (servers.isEmpty()) {
                throw new IllegalArgumentException("a plan without servers is an obstacle");
            }
        }
    }
}
