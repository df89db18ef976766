package org.danelaw.events;

import static org.danelaw.events.LogLine.info;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.danelaw.smtp.Address;

/// The mail log's lines: forms that administrators know, so that what they grep for is found.
public final class MailLog {
    private MailLog() {}

    /// What the log says of an event.
    public static List<LogLine> lines(Event event) {
        return switch (event) {
            case IntakeEvent intake -> List.of(info(IntakeLines.text(intake)));
            case DeliveryEvent delivery -> DeliveryLines.of(delivery);
            case SystemEvent system -> List.of(system(system));
        };
    }

    private static LogLine system(SystemEvent event) {
        return switch (event) {
            case SystemEvent.Started(var version) -> info("Danelaw " + version + " started");
            case SystemEvent.SpoolOpened(var messages, var swept) ->
                info("Spool opened: " + messages + " messages, " + swept + " left-over files swept");
            case SystemEvent.SignaturesChecked(var by) -> info("DNSSEC signatures are checked by " + by);
            case SystemEvent.ResolverCapable(var resolver) -> info("Resolver " + resolver + " can do DNSSEC");
            case SystemEvent.ResolverLacking(var resolver, var what) ->
                new LogLine(Level.CRITICAL, "Resolver " + resolver + " cannot be used for DANE: it " + what);
            case SystemEvent.ResolverSilent(var resolver, var why) ->
                new LogLine(Level.WARNING, "Resolver " + resolver + " " + why);
            case SystemEvent.TrustAnchorsChanged(var change) -> new LogLine(Level.WARNING, "Trust anchors: " + change);
            case SystemEvent.SpoolFailing(var why) ->
                new LogLine(Level.CRITICAL, "Spool failing: " + why + "; nothing that was accepted is lost");
            case SystemEvent.SpoolRecovered() -> new LogLine(Level.WARNING, "Spool works again");
            case SystemEvent.LogLinesDropped(var name, var count) ->
                new LogLine(
                        Level.WARNING,
                        "Log subscription " + name + " lost " + count + " events: the disk did not keep up");
        };
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
