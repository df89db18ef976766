package org.danelaw.events;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.danelaw.smtp.Reply;

/// What happened to queued mail and on outgoing connections. A DCID of 0 ([#NO_CONNECTION]) stands
/// where it never came to a connection.
public sealed interface DeliveryEvent extends Event {
    /// The DCID of what happened without a connection.
    long NO_CONNECTION = 0;

    /// A TCP connection to a mail host is open.
    record Connected(long dcid, InetAddress local, InetAddress remote, int port) implements DeliveryEvent {}

    /// No TCP connection could be made, or it broke before mail could be given.
    ///
    /// @param details what the system or the server said
    /// @param reason the kind of failure, in a few words, as `network error`
    record ConnectionFailed(
            long dcid,
            String domain,
            InetAddress remote,
            int port,
            String details,
            Optional<InetAddress> local,
            String reason)
            implements DeliveryEvent {}

    /// The connection is encrypted.
    ///
    /// @param provenFor the destination whose DANE records, behind a secure MX, the host proved itself
    /// by; else empty
    record TlsSucceeded(long dcid, String protocol, String cipher, Optional<String> provenFor)
            implements DeliveryEvent {}

    /// The handshake, or what was asked of the certificate, failed.
    record TlsFailed(long dcid, String reason) implements DeliveryEvent {}

    /// What DANE came to for one host of a destination, or for the destination where no host was found.
    ///
    /// @param mx the host's name as its MX record has it, never expanded (rule B14); `-` where there is
    /// none
    record DaneJudged(long dcid, DaneResult result, String domain, String mx, String reason) implements DeliveryEvent {}

    /// A message's envelope is about to be sent.
    record Started(long dcid, long mid, List<Integer> rids) implements DeliveryEvent {
        public Started {
            rids = List.copyOf(rids);
        }
    }

    /// The host took the message for these recipients.
    record Delivered(long dcid, long mid, List<Integer> rids, Reply reply) implements DeliveryEvent {
        public Delivered {
            rids = List.copyOf(rids);
        }
    }

    /// A recipient waits for another attempt.
    record Delayed(long dcid, long mid, int rid, Failure failure) implements DeliveryEvent {}

    /// A recipient gets no further attempt.
    record Bounced(long dcid, long mid, int rid, Failure failure) implements DeliveryEvent {}

    /// An operator took these recipients out of the queue; nobody is told.
    record Deleted(long mid, List<Integer> rids) implements DeliveryEvent {
        public Deleted {
            rids = List.copyOf(rids);
        }
    }

    /// Recipients' mail was thrown away, as the operator's SMTP route for `route` says.
    record Discarded(long mid, List<Integer> rids, String domain, String route) implements DeliveryEvent {
        public Discarded {
            rids = List.copyOf(rids);
        }
    }

    /// A report of what became of `mid` was queued as own mail.
    record NoticeGenerated(long noticeMid, long mid, NoticeKind kind) implements DeliveryEvent {}

    /// A message bounced and nobody is told, and why not: its sender is the null sender, or asked for
    /// no report.
    record NoticeWithheld(long mid, String why) implements DeliveryEvent {}

    /// No recipient of the message waits any more.
    record Finished(long mid) implements DeliveryEvent {}

    /// The connection is over.
    record Closed(long dcid) implements DeliveryEvent {}

    /// An attempt ended in a fault of our own; its mail was put back and waits for another one.
    record PutBack(String domain, List<Long> mids, String fault) implements DeliveryEvent {
        public PutBack {
            mids = List.copyOf(mids);
        }

        @Override
        public Level level() {
            return Level.CRITICAL;
        }
    }

    /// The gateway stops, and so many sessions did not end in time; what they were sending is sent again.
    record StoppedWhileSending(int sessions) implements DeliveryEvent {
        @Override
        public Level level() {
            return Level.WARNING;
        }
    }

    /// A destination went up or down: whether sessions with it can be had.
    record HostStateChanged(String domain, boolean up, String why) implements DeliveryEvent {}

    /// All mail for a destination waits, because no host of it is let have it: told once for each attempt. The lines
    /// of the hosts' own failures say it to the log.
    ///
    /// @param host the mail host that it is about, where it is about one
    /// @param reason a few words, those of the decision tables
    /// @param sentence what went wrong, for people
    /// @param remedy what the other side must do or publish, a line each
    record Held(String domain, HeldBy by, Optional<String> host, String reason, String sentence, List<String> remedy)
            implements DeliveryEvent {
        public Held {
            remedy = List.copyOf(remedy);
        }
    }

    /// What a destination's mail is held by.
    enum HeldBy {
        /// DANE: its look-ups, or what a host must prove by its TLSA records.
        DANE,
        /// TLS Support that asks for TLS, or for a certificate.
        TLS
    }

    /// Mail that waited for what the DNS says is tried before its time, because the DNS says something else now.
    record BroughtForward(String domain, int deliveries) implements DeliveryEvent {}

    /// What DANE came to, in the words of the mail log.
    enum DaneResult {
        SUCCESS("success"),
        INSECURE_MX("insecure-mx"),
        FALLBACK("fallback"),
        FAILED("failed"),
        OFF("off");

        private final String word;

        DaneResult(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /// What a report to the sender is about.
    enum NoticeKind {
        BOUNCE,
        DELAY,
        RELAY
    }

    /// Why a recipient was not served.
    ///
    /// @param status the enhanced status code (RFC 3463)
    /// @param text what went wrong, in a few words
    /// @param response what the host replied, or a sentence of our own where it did not come to a reply
    /// @param code the reply's code, empty where it did not come to a reply
    record Failure(String status, String text, Optional<Integer> code, String response) {}
}
