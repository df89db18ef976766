package org.danelaw.intake;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.danelaw.events.ReverseName;

/// An entry of a listener's host access table: which clients it is for, and on what terms they send.
public record SenderGroup(String name, List<Member> members, MailFlowPolicy policy) {
    public SenderGroup {
        members = List.copyOf(members);
    }

    /// The member of this group that the client is.
    Optional<Member> match(InetAddress client, ReverseName clientName) {
        return members.stream()
                .filter(member -> member.includes(client, clientName))
                .findFirst();
    }

    /// Whether the client may be a member of this group by a name that could not be looked up: a failed look-up is
    /// never an absence.
    boolean mayInclude(ReverseName clientName) {
        return clientName.isUndecided() && members.stream().anyMatch(Member::goesByName);
    }
}
