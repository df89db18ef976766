package org.danelaw.dns;

import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// What is asked of the DNS, class IN: a fully qualified name and a record type (RFC 1035 section 4.1.2).
public record Question(Name name, int type) {
    public Question {
        if (!name.isAbsolute()) {
            // Rule A24: no search list ever completes a name that is asked here.
            throw new IllegalArgumentException(name + " is not fully qualified");
        }
    }

    @Override
    public String toString() {
        return name + " " + Type.string(type);
    }
}
