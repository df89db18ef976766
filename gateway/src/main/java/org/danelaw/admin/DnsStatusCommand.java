package org.danelaw.admin;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.danelaw.admin.Answer.Column;
import org.danelaw.admin.Answer.Rows;
import org.danelaw.dnssec.Reason;

/// `dnsstatus`: the look-ups, their cache, and the resolvers.
record DnsStatusCommand(Office office) implements AdminCommand {
    @Override
    public Manual manual() {
        return Manual.of("dnsstatus", "show look-ups, what the cache spared, and what each resolver can do");
    }

    @Override
    public Ended run(Request request, Output out) throws IOException {
        var status = office.resolver().status();
        var servers = status.servers().entrySet().stream()
                .map(entry -> List.of(
                        Value.of(entry.getKey().toString()),
                        Value.of(entry.getValue().sentence())))
                .toList();
        return out.done(Answer.EMPTY
                .fact("asOf", "Status as of", Value.of(Instant.now()))
                .fact(
                        "dnssec",
                        "DNSSEC",
                        Value.of(status.unavailable().map(Reason::sentence).orElse("available")))
                .line("")
                .fact("requests", "DNS Requests", Value.of(status.requests()))
                .fact("hits", "Cache Hits", Value.of(status.hits()))
                .fact("misses", "Cache Misses", Value.of(status.misses()))
                .fact("cached", "Cached Answers", Value.of(status.cachedAnswers()))
                .fact("kilobytes", "Cache Kilobytes", Value.of(Math.ceilDiv(status.cachedBytes(), 1024L)))
                .line("")
                .table("resolvers", List.of(Column.of("resolver", "Resolver"), Column.of("is", "")), Rows.of(servers)));
    }
}
