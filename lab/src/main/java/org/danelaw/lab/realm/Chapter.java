package org.danelaw.lab.realm;

import java.util.List;

/// Domains of a realm that belong together, and what they have in common, in a sentence.
public record Chapter(String title, List<Domain> domains) {
    public Chapter {
        domains = List.copyOf(domains);
    }

    /// The same before the zones are signed.
    record Plan(String title, List<DomainPlan> domains) {
        Plan {
            domains = List.copyOf(domains);
        }
    }
}
