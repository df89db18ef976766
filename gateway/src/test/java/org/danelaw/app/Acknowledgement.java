package org.danelaw.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A message's 250 in a recording of system calls, and what was synced between its final dot and that.
///
/// @param dotMicros when the read returned that brought the final dot: the last one on that connection
/// @param saidMicros when the 250 was about to be written
/// @param inFile whether the body has a file of its own
/// @param synced the files whose fsync began after the dot and had returned before the 250
record Acknowledgement(String mid, long dotMicros, long saidMicros, boolean inFile, Set<String> synced) {
    private static final Pattern QUEUED = Pattern.compile("^250 2\\.0\\.0 queued as (\\d+)");
    private static final Set<String> READS = Set.of("read", "recvfrom");
    private static final Set<String> WRITES = Set.of("write", "sendto");
    private static final Set<String> SYNCS = Set.of("fsync", "fdatasync");

    Acknowledgement {
        synced = Set.copyOf(synced);
    }

    /// All of a recording, in its order.
    static List<Acknowledgement> in(List<SystemCall> calls) {
        var lastRead = new HashMap<String, Long>();
        var found = new ArrayList<Acknowledgement>();
        for (var call : calls) {
            var queued = QUEUED.matcher(call.text());
            if (READS.contains(call.name()) && call.result() > 0) {
                lastRead.put(call.on(), call.endMicros());
            } else if (WRITES.contains(call.name()) && queued.find()) {
                found.add(of(queued.group(1), lastRead.getOrDefault(call.on(), Long.MAX_VALUE), call, calls));
            }
        }
        return found;
    }

    private static Acknowledgement of(String mid, long dot, SystemCall said, List<SystemCall> calls) {
        var synced = new ArrayList<String>();
        for (var call : calls) {
            if (SYNCS.contains(call.name())
                    && call.result() == 0
                    && call.startMicros() >= dot
                    && call.endMicros() <= said.startMicros()) {
                synced.add(call.on());
            }
        }
        var inFile = calls.stream()
                .anyMatch(call -> WRITES.contains(call.name()) && call.on().endsWith("/bodies/" + mid));
        return new Acknowledgement(mid, dot, said.startMicros(), inFile, Set.copyOf(synced));
    }

    /// Whether the disk had what it was said to have: the log of the database, and the body's file with its name where
    /// it has one.
    boolean isTrue() {
        return has("/queue.sqlite-wal") && (!inFile || (has("/bodies/" + mid) && has("/bodies")));
    }

    private boolean has(String end) {
        return synced.stream().anyMatch(file -> file.endsWith(end));
    }
}
