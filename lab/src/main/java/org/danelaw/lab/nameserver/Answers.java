package org.danelaw.lab.nameserver;

import org.danelaw.lab.world.Authority;
import org.danelaw.lab.world.Conduct;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Query;
import org.danelaw.lab.world.Response;

/// What a server does about each query; called from many threads at once.
@FunctionalInterface
public interface Answers {
    Response to(Query query);

    /// As the servers of these zones.
    static Answers authoritative(Authority authority) {
        return authority::respond;
    }

    /// As a resolver for a whole internet that does not validate: what the authorities say, damage and all.
    static Answers recursive(Internet internet) {
        return internet::respond;
    }

    /// But in this way; see [org.danelaw.lab.world.Misconduct].
    default Answers but(Conduct conduct) {
        return query -> conduct.toward(query, to(query));
    }
}
