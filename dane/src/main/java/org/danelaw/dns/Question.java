package org.danelaw.dns;

import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// What is asked of the DNS, class IN: a fully qualified name and a record type (RFC 1035 section 4.1.2).
///
/// Questions have an order so that a hash map keeps its speed under names that a stranger chose to collide.
public record Question(Name name, int type) implements Comparable<Question> {
    public Question {
        if (!name.isAbsolute()) {
            // Rule A24: no search list ever completes a name that is asked here.
            throw new IllegalArgumentException(name + " is not fully qualified");
        }
    }

    @Override
    public int compareTo(Question other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : Integer.compare(type, other.type);
    }

    // As a record's own, which the JVM would put together at each start of the program: 15 ms before the first answer.
    @Override
    public boolean equals(Object other) {
        return other instanceof Question(var itsName, var itsType) && type == itsType && name.equals(itsName);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + type;
    }

    @Override
    public String toString() {
        return name + " " + Type.string(type);
    }
}
