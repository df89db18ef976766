package org.danelaw.app;

import java.util.Locale;
import org.danelaw.lab.realm.Domain;
import org.danelaw.lab.realm.Ending;

/// The two kinds of DANE that the demo shows side by side, each in a gateway of its own.
enum DemoMode {
    OPPORTUNISTIC {
        @Override
        Ending expected(Domain domain) {
            return domain.opportunistic();
        }
    },
    MANDATORY {
        @Override
        Ending expected(Domain domain) {
            return domain.mandatory();
        }
    };

    /// How mail to the domain must end.
    abstract Ending expected(Domain domain);

    /// As in the configuration.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whom the demo's message to a domain is for: so that the mail hosts can tell what came from which gateway.
    String recipient(Domain domain) {
        return word() + "@" + domain.mailName();
    }
}
