package org.danelaw.events;

import static org.danelaw.events.MailLog.ip;
import static org.danelaw.events.MailLog.path;

import java.util.List;

/// What the mail log says of incoming connections.
final class IntakeLines {
    private IntakeLines() {}

    static List<String> of(IntakeEvent event) {
        return event instanceof IntakeEvent.Connected connected
                        && connected.name() instanceof ReverseName.Undecided(var _, var why)
                ? List.of(text(event), "ICID " + connected.icid() + " reverse dns look-up failed: " + why)
                : List.of(text(event));
    }

    private static String text(IntakeEvent event) {
        return switch (event) {
            case IntakeEvent.Connected(var icid, var listener, var local, var client, var name) ->
                "New SMTP ICID " + icid + " interface " + listener + " (" + ip(local) + ") address " + ip(client)
                        + " reverse dns host " + reverse(name);
            case IntakeEvent.Matched(var icid, var action, var group, var rule) ->
                "ICID " + icid + " " + action + " SG " + group + " match " + rule;
            case IntakeEvent.TurnedAway(var icid, var why) -> "ICID " + icid + " turned away: " + why;
            case IntakeEvent.TlsSucceeded(var icid, var protocol, var cipher) ->
                "ICID " + icid + " TLS success protocol " + protocol + " cipher " + cipher;
            case IntakeEvent.TlsFailed(var icid, var why) -> "ICID " + icid + " TLS failed: " + why;
            case IntakeEvent.Authenticated(var icid, var user, var mechanism) ->
                "SMTP Auth: (ICID " + icid + ") succeeded for user: " + user + " using AUTH mechanism: " + mechanism;
            case IntakeEvent.AuthenticationFailed(var icid, var user, var mechanism) ->
                "SMTP Auth: (ICID " + icid + ") failed for user: " + user.orElse("unknown") + " using AUTH mechanism: "
                        + mechanism;
            case IntakeEvent.CommandRefused(var icid, var command, var code, var reply) ->
                "ICID " + icid + " refused " + command + ": " + code + " " + reply;
            case IntakeEvent.MessageStarted(var mid, var icid) -> "Start MID " + mid + " ICID " + icid;
            case IntakeEvent.From(var mid, var icid, var sender) ->
                "MID " + mid + " ICID " + icid + " From: " + path(sender);
            case IntakeEvent.SubmitterClaimed(var mid, var icid, var submitter) ->
                "MID " + mid + " ICID " + icid + " AUTH claimed: " + submitter;
            case IntakeEvent.RecipientTaken(var mid, var icid, var rid, var to) ->
                "MID " + mid + " ICID " + icid + " RID " + rid + " To: " + path(to);
            case IntakeEvent.RecipientRejected(var mid, var icid, var to, var by) ->
                "MID " + mid + " ICID " + icid + " To: " + path(to) + " Rejected by " + by;
            case IntakeEvent.MessageIdSeen(var mid, var id) -> "MID " + mid + " Message-ID '" + id + "'";
            case IntakeEvent.SubjectSeen(var mid, var subject) -> "MID " + mid + " Subject '" + subject + "'";
            case IntakeEvent.Ready(var mid, var bytes, var sender) ->
                "MID " + mid + " ready " + bytes + " bytes from " + path(sender);
            case IntakeEvent.Queued(var mid) -> "MID " + mid + " queued for delivery";
            case IntakeEvent.Aborted(var mid, var icid, var why) ->
                "Message aborted MID " + mid + " ICID " + icid + ": " + why;
            case IntakeEvent.Closed(var icid) -> "ICID " + icid + " close";
        };
    }

    private static String reverse(ReverseName name) {
        return switch (name) {
            case ReverseName.Unknown() -> "unknown verified no";
            case ReverseName.Claimed(var claimed) -> claimed + " verified no";
            case ReverseName.Verified verified -> verified.name() + " verified yes";
            case ReverseName.Undecided(var claimed, var _) -> claimed.orElse("unknown") + " verified no";
        };
    }
}
