package org.danelaw.events;

import static org.danelaw.events.MailLog.ip;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.danelaw.events.DeliveryEvent.Failure;
import org.danelaw.events.DeliveryEvent.NoticeKind;

/// What the mail log says of deliveries.
final class DeliveryLines {
    private DeliveryLines() {}

    static List<String> of(DeliveryEvent event) {
        return switch (event) {
            case DeliveryEvent.Connected connected -> List.of(connected(connected));
            case DeliveryEvent.ConnectionFailed failed -> List.of(connectionError(failed));
            case DeliveryEvent.TlsSucceeded secured -> List.of(tls(secured));
            case DeliveryEvent.TlsFailed(var dcid, var reason) -> List.of("DCID " + dcid + " TLS failed: " + reason);
            case DeliveryEvent.DaneJudged judged -> List.of(dane(judged));
            case DeliveryEvent.Started(var dcid, var mid, var rids) ->
                List.of("Delivery start DCID " + dcid + " MID " + mid + " to RID " + rids);
            case DeliveryEvent.Delivered(var dcid, var mid, var rids, var reply) ->
                List.of(
                        "Message done DCID " + dcid + " MID " + mid + " to RID " + rids,
                        "MID " + mid + " RID " + rids + " Response '" + reply.text() + "'");
            case DeliveryEvent.Delayed(var dcid, var mid, var rid, var failure) ->
                List.of("Delayed: " + failure(dcid, mid, rid, failure));
            case DeliveryEvent.Bounced(var dcid, var mid, var rid, var failure) ->
                List.of("Bounced: " + failure(dcid, mid, rid, failure));
            case DeliveryEvent.Deleted(var mid, var rids) ->
                List.of("MID " + mid + " to RID " + rids + " deleted by operator");
            case DeliveryEvent.Discarded(var mid, var rids, var domain, var route) ->
                List.of("MID " + mid + " RID " + rids + " for " + domain + " thrown away: the SMTP route for " + route
                        + " leads to /dev/null");
            case DeliveryEvent.NoticeGenerated(var notice, var mid, var kind) ->
                List.of("MID " + notice + " was generated for " + word(kind) + " of MID " + mid);
            case DeliveryEvent.NoticeWithheld(var mid, var why) ->
                List.of("MID " + mid + " is not reported to its sender: " + why);
            case DeliveryEvent.Finished(var mid) -> List.of("Message finished MID " + mid + " done");
            case DeliveryEvent.Closed(var dcid) -> List.of("DCID " + dcid + " close");
            case DeliveryEvent.PutBack(var domain, var mids, var fault) ->
                List.of("Put back MID " + mids + " for " + domain + " after a fault of our own: " + fault);
            case DeliveryEvent.StoppedWhileSending(var sessions) ->
                List.of("Stopped while " + sessions + " sessions were sending; their messages are sent again");
            case DeliveryEvent.Held _ -> List.of();
            case DeliveryEvent.BroughtForward(var domain, var deliveries) ->
                List.of("Host " + domain + " is tried before its time (deliveries: " + deliveries
                        + "): its DNS says something else now");
            case DeliveryEvent.HostStateChanged(var domain, var up, var why) ->
                List.of("Host " + domain + " is " + (up ? "up" : "down") + ": " + why);
        };
    }

    private static String connected(DeliveryEvent.Connected event) {
        return "New SMTP DCID " + event.dcid() + " interface " + ip(event.local()) + " address " + ip(event.remote())
                + " port " + event.port();
    }

    private static String connectionError(DeliveryEvent.ConnectionFailed event) {
        return "Connection Error: DCID " + event.dcid() + " domain: " + event.domain() + " IP: " + ip(event.remote())
                + " port: " + event.port() + " details: " + event.details() + " interface: " + local(event.local())
                + " reason: " + event.reason();
    }

    private static String local(Optional<InetAddress> address) {
        return address.map(MailLog::ip).orElse("any");
    }

    /// The form with `for` is kept for what is proven, behind a secure MX: a search for `TLS
    /// success.*for` finds exactly those.
    private static String tls(DeliveryEvent.TlsSucceeded event) {
        return "DCID " + event.dcid() + " TLS success protocol " + event.protocol() + " cipher " + event.cipher()
                + event.provenFor().map(domain -> " for " + domain).orElse("");
    }

    private static String dane(DeliveryEvent.DaneJudged event) {
        return "DCID " + event.dcid() + " DANE " + event.result().word() + " for " + event.domain() + " mx "
                + event.mx() + " reason " + event.reason();
    }

    private static String failure(long dcid, long mid, int rid, Failure failure) {
        return "DCID " + dcid + " MID " + mid + " to RID " + rid + " - " + failure.status() + " - " + failure.text()
                + " ('" + code(failure) + "', ['" + failure.response() + "'])";
    }

    private static String code(Failure failure) {
        return failure.code()
                .map(code -> String.format(Locale.ROOT, "%03d", code))
                .orElse("000");
    }

    private static String word(NoticeKind kind) {
        return switch (kind) {
            case BOUNCE -> "bounce";
            case DELAY -> "delay notice";
            case RELAY -> "relay notice";
        };
    }
}
