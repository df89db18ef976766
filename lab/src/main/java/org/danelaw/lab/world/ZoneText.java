package org.danelaw.lab.world;

import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// What every zone needs and no scenario wants to read: SOA, NS and the name server's address.
final class ZoneText {
    /// Where the lab's name servers live if a zone does not say.
    static final String NAME_SERVER_ADDRESS = "127.0.0.1";

    private static final String SOA = "@ SOA ns hostmaster 1 7200 3600 1209600 300";
    private static final String NS = "@ NS ns\nns A " + NAME_SERVER_ADDRESS;

    private ZoneText() {}

    static List<Record> completed(Name zone, List<Record> records) {
        var completed = new ArrayList<>(records);
        if (lacks(records, zone, Type.SOA)) {
            completed.addAll(Zone.parsed(SOA, zone));
        }
        if (lacks(records, zone, Type.NS)) {
            completed.addAll(Zone.parsed(NS, zone));
        }
        return completed;
    }

    private static boolean lacks(List<Record> records, Name owner, int type) {
        return records.stream()
                .noneMatch(
                        record -> record.getType() == type && record.getName().equals(owner));
    }
}
