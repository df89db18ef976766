package org.danelaw.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.danelaw.json.Json;
import org.danelaw.queue.Next;
import org.danelaw.queue.Queued;
import org.danelaw.smtp.Address;

/// `showmessage`: one message in the queue.
record ShowMessageCommand(Office office) implements AdminCommand {
    /// No more of a header is shown.
    private static final int MAX_HEADER_OCTETS = 65_536;

    @Override
    public Manual manual() {
        return Manual.of("showmessage", "show a waiting message: its envelope, its recipients' states, its header")
                .taking(Operand.required("MID", Operand.Kind.MID))
                .example("showmessage 12", "all about MID 12");
    }

    @Override
    public Ended run(Request request, Output out) throws IOException {
        var text = request.operand(0).orElseThrow();
        if (!text.matches("[0-9]{1,18}")) {
            return out.misunderstand("\"" + text + "\" is no MID");
        }
        var queued = office.queue().read(Long.parseLong(text));
        return queued.isPresent()
                ? out.done(answer(queued.get()))
                : out.refuse("MID " + text + " is not in the queue: it is finished, or never was");
    }

    private static Answer answer(Queued queued) throws IOException {
        var message = queued.message();
        var header = header(queued);
        var answer = Answer.EMPTY
                .fact("mid", "MID", new Value.Text(Long.toString(queued.mid())))
                .fact("received", "Received", Value.of(message.received()))
                .fact("origin", "From where", Value.of(message.origin()))
                .fact("policy", "Mail flow policy", Value.of(message.policy()))
                .fact("dane", "DANE applies", Value.of(message.dane()))
                .fact("bytes", "Bytes", Value.of(queued.content().size()))
                .fact(
                        "sender",
                        "Sender",
                        Value.of(message.envelope()
                                .sender()
                                .map(Address::toString)
                                .orElse("<>")));
        for (var state : queued.states()) {
            answer = answer.line("").group("rid" + state.rid(), "RID " + state.rid(), recipient(queued, state));
        }
        return answer.line("")
                .lines(header)
                .member(
                        "header",
                        new Json.Array(header.stream().map(Json.Text::new).toList()));
    }

    private static Answer recipient(Queued queued, Queued.State state) {
        var address = queued.message()
                .envelope()
                .recipients()
                .get(queued.states().indexOf(state))
                .address();
        var answer = Answer.EMPTY
                .fact("recipient", "Recipient", Value.of(address.toString()))
                .fact("attempts", "Attempts", Value.of(state.attempts()))
                .fact(
                        "next",
                        state.next() instanceof Next.GiveUp ? "Bounces" : "Next attempt",
                        Value.of(state.next().at()));
        return state.why()
                .map(why -> new Answer(Stream.concat(answer.parts().stream(), Reasons.of(why).parts().stream())
                        .toList()))
                .orElse(answer);
    }

    private static List<String> header(Queued queued) throws IOException {
        try (var content = queued.content().open()) {
            return new String(content.readNBytes(MAX_HEADER_OCTETS), UTF_8)
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .map(line -> line.replace('\t', ' '))
                    .toList();
        }
    }
}
