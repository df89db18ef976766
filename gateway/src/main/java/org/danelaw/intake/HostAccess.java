package org.danelaw.intake;

import java.net.InetAddress;
import java.util.List;
import org.danelaw.events.ReverseName;
import org.danelaw.intake.MailFlowPolicy.Action;

/// What a listener's host access table says of one client.
///
/// @param rule the entry that matched, as the configuration has it
record HostAccess(String group, String rule, MailFlowPolicy policy) {
    /// The first group that the client is in counts, but one with CONTINUE; a client of none is rejected.
    static HostAccess of(InetAddress client, ReverseName name, List<SenderGroup> groups) {
        for (SenderGroup group : groups) {
            var member = group.match(client, name);
            if (member.isPresent() && group.policy().action() != Action.CONTINUE) {
                return new HostAccess(group.name(), member.get().toString(), group.policy());
            }
        }
        return new HostAccess("NONE", "no sender group", MailFlowPolicy.UNKNOWN_CLIENT);
    }
}
