package org.danelaw.queue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.danelaw.smtp.Content;
import org.danelaw.smtp.Envelope;

/// A message in the spool with the recipients that still wait.
///
/// @param message as it came in, its envelope cut down to the waiting recipients
/// @param states one for each of the envelope's recipients, in their order
public record Queued(long mid, NewMessage message, List<State> states, Content content) {
    public Queued {
        states = List.copyOf(states);
        if (states.size() != message.envelope().recipients().size()) {
            throw new IllegalArgumentException("MID " + mid + ": recipients and states differ in number");
        }
    }

    /// How far one recipient has come.
    ///
    /// @param why why the last attempt failed; empty before the first
    public record State(int rid, int attempts, Next next, Optional<Why> why) {}

    /// The envelope for some of the recipients; those that no longer wait are left out.
    public Envelope envelope(List<Integer> rids) {
        var whole = message.envelope();
        var recipients = states.stream()
                .filter(state -> rids.contains(state.rid()))
                .map(state -> whole.recipients().get(states.indexOf(state)))
                .toList();
        return new Envelope(whole.sender(), recipients, whole.needs(), whole.dsn());
    }

    /// Those of `rids` that still wait, in the order of [#envelope].
    public List<Integer> waiting(List<Integer> rids) {
        return states.stream().map(State::rid).filter(rids::contains).toList();
    }

    /// Those of `rids` of whose delivery the sender asked to hear (RFC 3461 section 4.1: NOTIFY=SUCCESS).
    public Set<Integer> wantingWordOfSuccess(List<Integer> rids) {
        return states.stream()
                .filter(state -> rids.contains(state.rid()))
                .filter(state -> message.envelope()
                        .recipients()
                        .get(states.indexOf(state))
                        .wants("SUCCESS"))
                .map(State::rid)
                .collect(Collectors.toSet());
    }
}
