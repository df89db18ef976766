package org.danelaw.events;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.danelaw.smtp.Address;

/// The mail log's lines: forms that administrators know, so that what they grep for is found.
public final class MailLog {
    private MailLog() {}

    /// What the log says of an event.
    public static List<LogLine> lines(Event event) {
        return texts(event).stream()
                .map(text -> new LogLine(event.level(), text))
                .toList();
    }

    private static List<String> texts(Event event) {
        return switch (event) {
            case IntakeEvent intake -> IntakeLines.of(intake);
            case DeliveryEvent delivery -> DeliveryLines.of(delivery);
            case DnsEvent dns -> DnsLines.of(dns);
            case SystemEvent system -> List.of(system(system));
        };
    }

    private static String system(SystemEvent event) {
        return switch (event) {
            case SystemEvent.Started(var version) -> "Danelaw " + version + " started";
            case SystemEvent.SpoolOpened(var messages, var swept) ->
                "Spool opened: " + messages + " messages, " + swept + " left-over files swept";
            case SystemEvent.SignaturesChecked(var by) -> "DNSSEC signatures are checked by " + by;
            case SystemEvent.ResolverCapable(var resolver) -> "Resolver " + resolver + " can do DNSSEC";
            case SystemEvent.ResolverLacking(var resolver, var what) ->
                "Resolver " + resolver + " cannot be used for DANE: it " + what;
            case SystemEvent.ResolverSilent(var resolver, var why) -> "Resolver " + resolver + " " + why;
            case SystemEvent.TrustAnchorsChanged(var change) -> "Trust anchors: " + change;
            case SystemEvent.SpoolFailing(var why) -> "Spool failing: " + why + "; nothing that was accepted is lost";
            case SystemEvent.SpoolRecovered() -> "Spool works again";
            case SystemEvent.CommandGiven(var user, var command, var ended) ->
                "Command by " + user + ": " + command + " (" + ended + ")";
            case SystemEvent.UsersRead(var file, var users) -> "Users read from " + file + ": " + users;
            case SystemEvent.UsersUnreadable(var problems) ->
                "Users are those of before: " + String.join("; ", problems);
            case SystemEvent.ClockSet(var forward) -> clockSet(forward);
            case SystemEvent.Impaired(var what) -> "Impaired: " + what;
            case SystemEvent.AlertTold(var alert, var how) -> "Alert by " + how + ": " + alert;
            case SystemEvent.AlertLost(var alert, var why) -> "Alert lost: " + alert + ": " + why;
            case SystemEvent.LogLinesDropped(var name, var count) ->
                "Log subscription " + name + " lost " + count + " events: the disk did not keep up";
        };
    }

    private static String clockSet(Duration forward) {
        return "Clock set " + (forward.isNegative() ? "back" : "forward") + " by " + span(forward.abs())
                + ": queue ages go on by elapsed time";
    }

    private static String span(Duration length) {
        return Stream.of(
                        length.toDays() + " d",
                        length.toHoursPart() + " h",
                        length.toMinutesPart() + " min",
                        length.toSecondsPart() + " s")
                .filter(part -> !part.startsWith("0 "))
                .collect(Collectors.joining(" "));
    }

    /// A reverse-path or forward-path, as SMTP writes it.
    static String path(Address address) {
        return "<" + address + ">";
    }

    static String path(Optional<Address> sender) {
        return sender.map(MailLog::path).orElse("<>");
    }

    static String ip(InetAddress address) {
        return address.getHostAddress();
    }
}
