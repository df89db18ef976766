package org.danelaw.intake;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.events.ReverseName;
import org.danelaw.intake.MailFlowPolicy.Action;
import org.danelaw.smtp.Reply;

/// What a listener's host access table says of one client.
///
/// @param rule the entry that matched, as the configuration has it
/// @param mayBe the groups before it that take mail, and that the client may be in by a name that could not be looked
/// up
record HostAccess(String group, String rule, MailFlowPolicy policy, List<SenderGroup> mayBe) {
    HostAccess {
        mayBe = List.copyOf(mayBe);
    }

    /// The first group that the client is in counts, but one with CONTINUE; a client of none is rejected.
    static HostAccess of(InetAddress client, ReverseName name, List<SenderGroup> groups) {
        var mayBe = new ArrayList<SenderGroup>();
        for (SenderGroup group : groups) {
            var member = group.match(client, name);
            if (member.isPresent() && group.policy().action() != Action.CONTINUE) {
                return new HostAccess(group.name(), member.get().toString(), group.policy(), mayBe);
            }
            if (group.policy().action().takesMail() && group.mayInclude(name)) {
                mayBe.add(group);
            }
        }
        return new HostAccess("NONE", "no sender group", MailFlowPolicy.UNKNOWN_CLIENT, mayBe);
    }

    /// Whether the client may be one of another group.
    boolean isUndecided() {
        return !mayBe.isEmpty();
    }

    /// The refusal for a client of this group, which is for good only where no other group could have been the
    /// client's: a failed look-up of its name must not bounce its mail.
    Reply refusal(Reply reply) {
        return mayBe.isEmpty() || !reply.isPermanent()
                ? reply
                : Reply.of(
                        450, "4.4.3 the name of your address could not be looked up, and without it: " + reply.text());
    }
}
