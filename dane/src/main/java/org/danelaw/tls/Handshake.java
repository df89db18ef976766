package org.danelaw.tls;

import java.net.Socket;
import org.danelaw.policy.Verdict;

/// How a handshake ended.
public sealed interface Handshake {
    /// The peer proved what was required; `socket` carries what follows.
    record Secured(Socket socket, Verdict verdict, Evidence evidence) implements Handshake {}

    /// The peer proved something else; the connection is closed.
    record Refused(Verdict.Mismatched verdict, Evidence evidence) implements Handshake {}

    /// There was no handshake to judge, and why, in a sentence; the connection is closed.
    record Failed(String why) implements Handshake {}
}
