package org.danelaw.alerts;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.danelaw.json.Json;
import org.danelaw.json.Word;
import org.danelaw.smtp.Printable;

/// A notice with what waits at that moment, in words for people and as JSON for programs. Pure.
///
/// @param backlog of the destination that it is about, where it is about one and the spool could be read
record Report(Notice notice, Optional<Backlog> backlog, String gateway, Instant now) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /// As `[warning] DANE fails for example.org`.
    String summary() {
        var word = notice.state() == Notice.State.OVER ? "over" : severity();
        return Printable.of("[" + word + "] " + notice.alert().matter().title());
    }

    private String severity() {
        return Word.of(notice.alert().severity());
    }

    /// A paragraph for an administrator.
    String text() {
        var alert = notice.alert();
        var text = new StringBuilder(summary()).append("\n\n");
        notice.over().ifPresent(why -> field(text, "Why it is over", why));
        field(text, notice.over().isPresent() ? "What was wrong" : "What is wrong", alert.text());
        alert.host().ifPresent(host -> field(text, "Mail host", host));
        field(text, "Reason", alert.reason());
        field(text, notice.state() == Notice.State.HAPPENED ? "When" : "Since", TIME.format(since()));
        backlog.ifPresent(mail -> field(text, "Waiting", waiting(mail)));
        if (notice.over().isEmpty()) {
            alert.remedy().forEach(line -> field(text, "What to do", line));
            if (alert.matter() instanceof Matter.Destination(var domain, var _)) {
                field(text, "To look closer", "danelaw cli daneverify --explain " + domain);
            }
        }
        return text.toString();
    }

    /// What peers chose must not be able to start a line of its own.
    private static void field(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-15s %s", name + ":", Printable.of(value)))
                .append('\n');
    }

    private String waiting(Backlog mail) {
        if (mail.messages() == 0) {
            return "nothing";
        }
        return mail.messages() + (mail.messages() == 1 ? " message" : " messages") + " for " + mail.recipients()
                + (mail.recipients() == 1 ? " recipient" : " recipients")
                + mail.oldest().map(at -> ", the oldest for " + words(age(at))).orElse("");
    }

    private Instant since() {
        return now.minus(notice.age()).truncatedTo(ChronoUnit.SECONDS);
    }

    private Duration age(Instant at) {
        var age = Duration.between(at, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static String words(Duration span) {
        if (span.toHours() >= 48) {
            return span.toDays() + " days";
        }
        if (span.toHours() >= 2) {
            return span.toHours() + " hours";
        }
        return span.toMinutes() >= 2 ? span.toMinutes() + " minutes" : span.toSeconds() + " seconds";
    }

    /// What the webhook is sent.
    Json json() {
        var alert = notice.alert();
        return new Json.Members()
                .with("gateway", gateway)
                .with("state", Word.of(notice.state()))
                .with("severity", severity())
                .with("cause", alert.matter().causeWord())
                .with("about", alert.matter().name())
                .with("title", alert.matter().title())
                .with("reason", alert.reason())
                .with("host", alert.host())
                .with("text", alert.text())
                .with("remedy", alert.remedy().stream().map(Json.Text::new).toList())
                .with("since", since().toString())
                .with("times", notice.times())
                .with("over", notice.over())
                .with("waiting", backlog.map(this::json).orElseGet(Json.Nothing::new));
    }

    private Json json(Backlog mail) {
        return new Json.Members()
                .with("messages", mail.messages())
                .with("recipients", mail.recipients())
                .with("oldest", mail.oldest().map(Instant::toString))
                .with(
                        "oldestSeconds",
                        mail.oldest()
                                .<Json>map(at -> new Json.Whole(age(at).toSeconds()))
                                .orElseGet(Json.Nothing::new));
    }
}
