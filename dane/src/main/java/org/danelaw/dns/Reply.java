package org.danelaw.dns;

import java.util.List;

/// What one server answered to one question: the sets of its answer and authority sections, in their order; nothing is
/// proved yet.
///
/// The additional section is not kept: nothing in it is ever used (RFC 2181 section 5.4.1).
///
/// @param rcode the response code of RFC 1035 section 4.1.1, extended by RFC 6891 section 6.1.3
public record Reply(Question question, int rcode, List<SignedSet> answer, List<SignedSet> authority) {
    public Reply {
        answer = List.copyOf(answer);
        authority = List.copyOf(authority);
    }
}
