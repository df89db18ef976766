package org.danelaw.lab.mailhost;

import java.time.Duration;

/// What a host does at a [Stage] in place of what a good server would do.
public sealed interface Act {
    /// Does what a good server does.
    record Proceed() implements Act {}

    /// Another reply, lines separated by CRLF, the last CRLF left out. Whether the command took effect follows from its
    /// first digit.
    record Say(String reply) implements Act {}

    /// Another reply, and then the connection is closed.
    record SayAndDrop(String reply) implements Act {}

    /// Closes without a reply.
    record Drop() implements Act {}

    /// Sends as much of the good reply, and then nothing until the client goes.
    record Stall(int afterOctets) implements Act {}

    /// Does what a good server does, but later.
    record Late(Duration by) implements Act {}

    static Act proceed() {
        return new Proceed();
    }

    static Act say(String reply) {
        return new Say(reply);
    }

    static Act sayAndDrop(String reply) {
        return new SayAndDrop(reply);
    }

    static Act drop() {
        return new Drop();
    }

    static Act stall(int afterOctets) {
        return new Stall(afterOctets);
    }

    static Act late(Duration by) {
        return new Late(by);
    }
}
