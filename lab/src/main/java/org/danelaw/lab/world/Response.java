package org.danelaw.lab.world;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Message;

/// What a server does about a query.
public sealed interface Response {
    /// How long it takes.
    Duration after();

    record Sent(Message message, Duration after) implements Response {}

    /// Octets that need not be a DNS message.
    final class Garbage implements Response {
        private final byte[] octets;
        private final Duration after;

        public Garbage(byte[] octets, Duration after) {
            this.octets = octets.clone();
            this.after = after;
        }

        public byte[] octets() {
            return octets.clone();
        }

        @Override
        public Duration after() {
            return after;
        }
    }

    /// Nothing ever comes; over TCP the connection is closed.
    record Silence(Duration after) implements Response {}

    static Response of(Message message) {
        return new Sent(message, Duration.ZERO);
    }

    /// The same with another message, if there is one.
    default Response map(UnaryOperator<Message> change) {
        return switch (this) {
            case Sent(var message, var after) -> new Sent(change.apply(message), after);
            case Garbage garbage -> garbage;
            case Silence silence -> silence;
        };
    }

    default Response later(Duration more) {
        return switch (this) {
            case Sent(var message, var after) -> new Sent(message, after.plus(more));
            case Garbage garbage ->
                new Garbage(garbage.octets(), garbage.after().plus(more));
            case Silence(var after) -> new Silence(after.plus(more));
        };
    }
}
