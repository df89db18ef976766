package org.danelaw.smtp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// One AUTH exchange (RFC 4954 section 4), up to the point where the client has shown what it has: PLAIN (RFC 4616),
/// and
/// LOGIN, which was never more than a draft and is all that some clients know.
///
/// What the client says in it is a secret: no reply and no log line ever quotes it.
final class AuthExchange {
    static final String MECHANISMS = "PLAIN LOGIN";

    private static final Reply CANCELLED = Reply.of(501, "5.7.0 you have cancelled the exchange");
    private static final Reply NOT_BASE64 = Reply.of(501, "5.5.2 this is not text in Base64");
    private static final Reply NOT_PLAIN =
            Reply.of(501, "5.5.2 PLAIN takes an identity to act as or nothing, a NUL, a name, a NUL, and a password");
    private static final Reply NOBODY_ELSE = Reply.of(535, "5.7.8 nobody may act as somebody else here");

    private final Answers answers;
    private final Challenger challenger;

    /// @param challenger sends a reply at once
    AuthExchange(Answers answers, Challenger challenger) {
        this.answers = answers;
        this.challenger = challenger;
    }

    /// What the client says to each challenge.
    @FunctionalInterface
    interface Answers {
        CommandReader.Line next() throws IOException;
    }

    @FunctionalInterface
    interface Challenger {
        void send(Reply reply) throws IOException;
    }

    /// How the exchange ended.
    sealed interface Result {
        record Shown(Credentials credentials) implements Result {}

        record Refused(Reply reply) implements Result {}

        /// The answer was not even a line: the session ends.
        record Unreadable(Reply reply) implements Result {}
    }

    /// What ends an exchange early.
    private static final class Ended extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Result result;

        Ended(Result result) {
            super("the exchange has ended", null, false, false);
            this.result = result;
        }

        static Ended with(Reply refusal) {
            return new Ended(new Result.Refused(refusal));
        }
    }

    /// @param mechanism in upper case
    /// @param initial the initial response in Base64, `=` for an empty one
    Result hold(String mechanism, Optional<String> initial) throws IOException {
        try {
            return new Result.Shown(
                    switch (mechanism) {
                        case "PLAIN" -> plain(initial);
                        case "LOGIN" -> login(initial);
                        default ->
                            // RFC 4954 section 4.
                            throw Ended.with(
                                    Reply.of(504, "5.5.4 this mechanism is not known here, only " + MECHANISMS));
                    });
        } catch (Ended early) {
            return early.result;
        }
    }

    private Credentials plain(Optional<String> initial) throws IOException, Ended {
        String[] parts = response(initial, "").split("\0", -1);
        if (parts.length != 3 || parts[1].isEmpty()) {
            throw Ended.with(NOT_PLAIN);
        }
        // RFC 4616 section 2: an authorization identity that is not the client's own.
        if (!parts[0].isEmpty() && !parts[0].equals(parts[1])) {
            throw Ended.with(NOBODY_ELSE);
        }
        return new Credentials("PLAIN", parts[1], parts[2]);
    }

    private Credentials login(Optional<String> initial) throws IOException, Ended {
        String user = response(initial, "Username:");
        String password = response(Optional.empty(), "Password:");
        return new Credentials("LOGIN", user, password);
    }

    private String response(Optional<String> initial, String challenge) throws IOException, Ended {
        String base64 = initial.isPresent() ? initial.get() : answer(challenge);
        // RFC 4954 section 4: as an initial response, a single equals sign is the empty string.
        return initial.isPresent() && base64.equals("=") ? "" : decoded(base64);
    }

    private String answer(String challenge) throws IOException, Ended {
        challenger.send(
                Reply.of(334, Base64.getEncoder().encodeToString(challenge.getBytes(StandardCharsets.US_ASCII))));
        return switch (answers.next()) {
            case CommandReader.Line.Whole(var text) -> {
                if (text.equals("*")) {
                    throw Ended.with(CANCELLED);
                }
                yield text;
            }
            case CommandReader.Line.TooLong _ ->
                // RFC 4954 section 4: 500 with 5.5.6.
                throw Ended.with(Reply.of(500, "5.5.6 this line is longer than " + SmtpLimits.AUTH_LINE + " octets"));
            case CommandReader.Line.Unreadable(var reply) -> throw new Ended(new Result.Unreadable(reply));
        };
    }

    /// RFC 4954 section 4: what does not decode is refused with 501. Names and passwords are UTF-8.
    private static String decoded(String base64) throws Ended {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException neither) {
            throw Ended.with(NOT_BASE64);
        }
    }
}
