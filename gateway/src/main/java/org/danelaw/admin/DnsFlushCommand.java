package org.danelaw.admin;

import java.io.IOException;

/// `dnsflush`: forgets all that the DNS said.
record DnsFlushCommand(Office office) implements AdminCommand {
    @Override
    public Manual manual() {
        return Manual.of("dnsflush", "forget all DNS answers, so that each is asked for anew")
                .changing();
    }

    @Override
    public Ended run(Request request, Output out) throws IOException {
        office.resolver().flush();
        return out.done(Answer.saying("The DNS cache is empty."));
    }
}
