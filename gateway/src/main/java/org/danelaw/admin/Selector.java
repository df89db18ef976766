package org.danelaw.admin;

import java.util.List;
import java.util.Optional;
import org.danelaw.queue.Selection;
import org.danelaw.smtp.Address;

/// Reads which of the waiting recipients an operator means: `all`, `domain DOMAIN`, `to ADDRESS`, `from
/// ADDRESS` (`<>` is the null sender), `mid MID`.
final class Selector {
    static final Operand[] OPERANDS = {
        Operand.choice(Operand.Need.REQUIRED, "all", "domain", "to", "from", "mid"),
        Operand.optional("WHICH", Operand.Kind.DOMAIN)
    };

    private Selector() {}

    /// Empty for what is not understood.
    static Optional<Selection> of(List<String> words) {
        return switch (words.size()) {
            case 1 -> words.getFirst().equals("all") ? Optional.of(new Selection.All()) : Optional.empty();
            case 2 -> of(words.getFirst(), words.getLast());
            default -> Optional.empty();
        };
    }

    private static Optional<Selection> of(String how, String which) {
        return switch (how) {
            case "domain" -> Office.domain(which).map(Selection.Domain::new);
            case "to" -> address(which).map(Selection.Recipient::new);
            case "from" ->
                which.equals("<>")
                        ? Optional.of(new Selection.Sender(Optional.empty()))
                        : address(which).map(address -> new Selection.Sender(Optional.of(address)));
            case "mid" ->
                which.matches("[0-9]{1,18}")
                        ? Optional.of(new Selection.Message(Long.parseLong(which)))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Address> address(String text) {
        int at = text.lastIndexOf('@');
        return at < 1
                ? Optional.empty()
                : Office.domain(text.substring(at + 1)).map(domain -> new Address(text.substring(0, at), domain));
    }

    /// Whom a selection means, for questions.
    static String words(Selection selection) {
        return switch (selection) {
            case Selection.All() -> "all recipients in the queue";
            case Selection.Domain(var domain) -> "all recipients at " + domain;
            case Selection.Recipient(var address) -> "recipient " + address;
            case Selection.Sender(var address) ->
                "all recipients of mail from " + address.map(Address::toString).orElse("<>");
            case Selection.Message(var mid) -> "all recipients of MID " + mid;
        };
    }
}
