package org.danelaw.dns;

import java.util.Comparator;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// What is asked of the DNS, class IN: a fully qualified name and a record type (RFC 1035 section 4.1.2).
///
/// Questions have an order so that a hash map keeps its speed under names that a stranger chose to collide.
public record Question(Name name, int type) implements Comparable<Question> {
    private static final Comparator<Question> ORDER =
            Comparator.comparing(Question::name).thenComparingInt(Question::type);

    public Question {
        if (!name.isAbsolute()) {
            // Rule A24: no search list ever completes a name that is asked here.
            throw new IllegalArgumentException(name + " is not fully qualified");
        }
    }

    @Override
    public int compareTo(Question other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name + " " + Type.string(type);
    }
}
