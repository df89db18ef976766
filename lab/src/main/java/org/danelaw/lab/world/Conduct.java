package org.danelaw.lab.world;

/// How a server departs from answering well: given the query and what it would do, what it does instead.
@FunctionalInterface
public interface Conduct {
    Response toward(Query query, Response usual);

    /// This, then `next` about what came of it.
    default Conduct then(Conduct next) {
        return (query, usual) -> next.toward(query, toward(query, usual));
    }
}
