package org.danelaw.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.lab.mailhost.Mail;
import org.danelaw.lab.realm.Domain;
import org.danelaw.lab.realm.Outcome;

/// A domain and what became of the two messages to it.
///
/// @param ended by mode; empty where a message did not end in time
record DemoRow(Domain domain, Map<DemoMode, Optional<Ended>> ended) {
    DemoRow {
        ended = Map.copyOf(ended);
    }

    Optional<Ended> ended(DemoMode mode) {
        return ended.getOrDefault(mode, Optional.empty());
    }

    boolean isAsExpected(DemoMode mode) {
        return ended(mode)
                .filter(how -> how.ending().equals(mode.expected(domain)))
                .isPresent();
    }

    /// What is not as the world says, a sentence each: in the gateways' account, or in that of the mail hosts.
    ///
    /// @param arrived all that the mail hosts accepted
    List<String> differences(List<Mail> arrived) {
        var differences = new ArrayList<String>();
        for (var mode : DemoMode.values()) {
            if (!isAsExpected(mode)) {
                differences.add("under " + mode.word() + " DANE it must end " + mode.expected(domain) + ", and "
                        + ended(mode)
                                .map(how -> "ended " + how.ending() + ": " + how.reason() + ". " + how.sentence())
                                .orElse("did not end in time"));
            }
            farEnd(mode, arrived).ifPresent(differences::add);
        }
        return differences;
    }

    private Optional<String> farEnd(DemoMode mode, List<Mail> arrived) {
        var mails = arrived.stream()
                .filter(mail -> mail.recipients().contains(mode.recipient(domain)))
                .toList();
        var expected = mode.expected(domain).outcome();
        int due = switch (expected) {
            case AUTHENTICATED, INSECURE_MX, ENCRYPTED, CLEAR -> 1;
            case DEFERRED, BOUNCED -> 0;
        };
        if (mails.size() != due) {
            return Optional.of("the mail hosts took " + mails.size() + " messages from the gateway under " + mode.word()
                    + " DANE, where " + due + " is due");
        }
        return mails.stream()
                .filter(mail -> mail.underTls() == (expected == Outcome.CLEAR))
                .map(mail -> "the message under " + mode.word() + " DANE came " + (mail.underTls() ? "with" : "without")
                        + " TLS")
                .findFirst();
    }
}
