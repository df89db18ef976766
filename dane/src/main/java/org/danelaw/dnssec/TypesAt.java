package org.danelaw.dnssec;

import java.util.function.IntPredicate;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// The types that an NSEC or NSEC3 record says are at a name, and what may be concluded from their absence.
record TypesAt(Name name, IntPredicate has) {
    static TypesAt of(NSECRecord record) {
        return new TypesAt(record.getName(), record::hasType);
    }

    /// @param name the name whose hash the record is for
    static TypesAt of(Name name, NSEC3Record record) {
        return new TypesAt(name, record::hasType);
    }

    /// The parent's record at a zone cut: NS without SOA.
    private boolean isDelegation() {
        return has.test(Type.NS) && !has.test(Type.SOA);
    }

    /// RFC 6840 section 4.1: a record of a delegation, or of a DNAME, says nothing of the names below it.
    boolean isSilentBelow() {
        return isDelegation() || has.test(Type.DNAME);
    }

    /// RFC 6840 section 4.4: the record of a zone's apex is the child's, and the DS belongs to the parent.
    private boolean isChildsView() {
        return has.test(Type.SOA) && !name.equals(Name.root);
    }

    Denial absence(int type) {
        if (type == Type.DS ? isChildsView() : isDelegation()) {
            // RFC 6840 sections 4.1 and 4.4: each side of a zone cut speaks only for its own types.
            return Denials.unproven(
                    "the record at " + name + " is from the wrong side of a zone cut to deny its " + Type.string(type));
        }
        // RFC 6840 section 4.3: a CNAME at the name would be the answer.
        if (has.test(type) || has.test(Type.CNAME)) {
            return Denials.unproven("the record at " + name + " says that there is " + Type.string(type) + " or CNAME");
        }
        return new Denial.NoSuchType(name + " has no " + Type.string(type));
    }

    Denial delegation() {
        if (isChildsView()) {
            return Denials.unproven("the record at " + name + " is the child's own: it cannot deny its DS");
        }
        if (has.test(Type.DS)) {
            return Denials.unproven("the record at " + name + " says that there is a DS, and none came");
        }
        return has.test(Type.NS)
                ? new Denial.Insecure(name + " is delegated without a DS")
                : new Denial.NoSuchType(name + " is no delegation");
    }
}
