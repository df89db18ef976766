package org.danelaw.dns;

import java.util.List;
import org.xbill.DNS.RRSIGRecord;

/// A record set as a server sent it, with whatever signatures came along; nothing of it is proved yet.
public record SignedSet(RecordSet set, List<RRSIGRecord> signatures) {
    public SignedSet {
        signatures = List.copyOf(signatures);
    }
}
