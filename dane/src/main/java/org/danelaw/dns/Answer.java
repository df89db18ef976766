package org.danelaw.dns;

import java.util.List;
import org.xbill.DNS.Name;

/// What the DNS holds for a question, apart from whether it can be trusted.
public sealed interface Answer {
    /// The names that lead from the question's name to the one answered for, alias by alias (CNAME, and CNAME made
    /// from DNAME): empty without an alias, else its last is the fully expanded name.
    List<Name> aliases();

    record Found(RecordSet set, List<Name> aliases) implements Answer {
        public Found {
            aliases = List.copyOf(aliases);
        }
    }

    /// The name exists, without records of that type.
    record NoData(List<Name> aliases) implements Answer {
        public NoData {
            aliases = List.copyOf(aliases);
        }
    }

    /// There is no such name (NXDOMAIN, RFC 2308 section 2.1).
    record NoSuchName(List<Name> aliases) implements Answer {
        public NoSuchName {
            aliases = List.copyOf(aliases);
        }
    }

    /// The fully expanded form of `asked`: where its aliases lead.
    default Name expanded(Name asked) {
        return aliases().isEmpty() ? asked : aliases().getLast();
    }

    /// The same answer, its records kept for no longer than `seconds`.
    default Answer keptAtMost(long seconds) {
        return switch (this) {
            case Found(var set, var aliases) -> new Found(set.keptAtMost(seconds), aliases);
            case NoData nothing -> nothing;
            case NoSuchName nothing -> nothing;
        };
    }
}
