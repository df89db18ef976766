package org.danelaw.lab.mailhost;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One connection as the host saw it. Written by the connection's thread, read by the test's at any time.
public final class Visit {
    /// More lines than this of one connection are not kept.
    private static final int MOST_LINES = 100_000;

    private final List<Line> lines = new ArrayList<>();
    private final List<Mail> mails = new ArrayList<>();
    private Optional<String> serverName = Optional.empty();
    private Optional<Tls> tls = Optional.empty();
    private Optional<String> failure = Optional.empty();
    private boolean over;

    /// A line of the client, without its CRLF.
    public record Line(String text, boolean underTls) {}

    /// What a handshake ended with, in JSSE's names.
    public record Tls(String protocol, String cipher) {}

    Visit() {}

    /// The lines that the client sent outside of messages.
    public synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    /// The messages that came whole.
    public synchronized List<Mail> mails() {
        return List.copyOf(mails);
    }

    /// The server name that the client asked for in its ClientHello (RFC 6066 section 3).
    public synchronized Optional<String> serverName() {
        return serverName;
    }

    /// The handshake, once it stands.
    public synchronized Optional<Tls> tls() {
        return tls;
    }

    /// How the connection broke, if it did: a client's alert among them, by name.
    public synchronized Optional<String> failure() {
        return failure;
    }

    /// Waits for the connection to be over: what is read afterwards is all that there will be.
    ///
    /// @throws InterruptedException if the wait is interrupted
    public synchronized Visit awaitEnd() throws InterruptedException {
        while (!over) {
            wait();
        }
        return this;
    }

    synchronized void heard(String text, boolean underTls) {
        if (lines.size() < MOST_LINES) {
            lines.add(new Line(text, underTls));
        }
    }

    synchronized void took(Mail mail) {
        mails.add(mail);
    }

    synchronized void askedFor(String name) {
        serverName = Optional.of(name);
    }

    synchronized void secured(String protocol, String cipher) {
        tls = Optional.of(new Tls(protocol, cipher));
    }

    synchronized void broke(String how) {
        failure = Optional.of(how);
    }

    synchronized void ended() {
        over = true;
        notifyAll();
    }
}
