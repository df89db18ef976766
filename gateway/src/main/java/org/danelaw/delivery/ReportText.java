package org.danelaw.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.danelaw.queue.Why;
import org.danelaw.smtp.Reply;

/// The part of a report that people read: what happened to whom, why, and who can mend it how. Pure.
record ReportText(Notice.Kind kind, String hostname, Instant received, Instant now) {
    /// One recipient of whom the report speaks.
    record Fate(String address, Why why) {}

    String subject() {
        return switch (kind) {
            case Notice.Kind.Bounce bounce -> "Undelivered mail returned to sender";
            case Notice.Kind.Relayed relayed -> "Mail was passed on";
            case Notice.Kind.Delay delay -> "Mail is delayed, and still being tried";
        };
    }

    String of(List<Fate> fates) {
        var text = new StringBuilder();
        text.append("This is the mail gateway ")
                .append(hostname)
                .append(".\n\n")
                .append(opening());
        fates.forEach(fate -> text.append(paragraph(fate)));
        return text.toString();
    }

    private String opening() {
        return switch (kind) {
            case Notice.Kind.Bounce bounce ->
                "Your message could not be delivered to the recipients below, and is not tried any more.\n";
            case Notice.Kind.Relayed relayed ->
                "Your message was passed on to the mail hosts of the recipients below. You will hear no more of it, unless"
                        + " one of them returns it.\n";
            case Notice.Kind.Delay(var reasons, var until) ->
                "Your message has been waiting for " + words(Duration.between(received, now))
                        + ". You need not send it again: it is tried until " + DeliveryReport.date(until)
                        + ", and you are told if that fails.\n";
        };
    }

    private String paragraph(Fate fate) {
        var why = fate.why();
        var text = new StringBuilder("\n<" + fate.address() + ">\n");
        text.append(expiry(fate));
        text.append("  ").append(why.sentence()).append('\n');
        why.reply()
                .ifPresent(reply -> text.append("  The mail host ")
                        .append(why.host().orElse("there"))
                        .append(" said: ")
                        .append(said(reply))
                        .append('\n'));
        if (!why.remedy().isEmpty()) {
            text.append("  What the operator of ")
                    .append(why.host().orElse("the destination"))
                    .append(" must do (please pass this on):\n");
            why.remedy().forEach(line -> text.append("    ").append(line).append('\n'));
        }
        return text.toString();
    }

    /// That, and how long, it was tried before the lifetime was over.
    private String expiry(Fate fate) {
        return switch (kind) {
            case Notice.Kind.Delay delay -> "";
            case Notice.Kind.Relayed relayed -> "";
            case Notice.Kind.Bounce(var causes) ->
                causes.containsValue(new Cause.Expired(fate.why()))
                        ? "  It was tried for " + words(Duration.between(received, now))
                                + " without success. At the last attempt:\n"
                        : "";
        };
    }

    private static String said(Reply reply) {
        return reply.code() + " " + reply.text();
    }

    static String words(Duration span) {
        var hours = span.toHours();
        if (hours >= 48) {
            return span.toDays() + " days";
        }
        return hours >= 2 ? hours + " hours" : Math.max(1, span.toMinutes()) + " minutes";
    }
}
