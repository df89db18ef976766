package org.danelaw.smtp;

import java.io.IOException;
import java.time.Duration;

/// The logins of one session (RFC 4954): each an exchange, a look at what the client has shown, and a refusal that
/// comes late, for guessing to be slow.
final class Login {
    private final Reception reception;
    private final CommandReader lines;
    private final Ending ending;
    private final AuthExchange.Challenger challenger;
    private final Duration refusedAfter;
    private int failures;

    /// @param challenger sends a reply at once
    /// @param refusedAfter how long the refusal of a login is held back
    Login(
            Reception reception,
            CommandReader lines,
            Ending ending,
            AuthExchange.Challenger challenger,
            Duration refusedAfter) {
        this.reception = reception;
        this.lines = lines;
        this.ending = ending;
        this.challenger = challenger;
        this.refusedAfter = refusedAfter;
    }

    /// How one of them went.
    sealed interface Outcome {
        record Granted(String user) implements Outcome {}

        record Refused(Reply reply) implements Outcome {}

        /// Refused, and the session is over.
        record HungUp(Reply reply) implements Outcome {}
    }

    /// @param deadline for each answer
    Outcome hold(Command.Authenticate auth, Deadline deadline) throws IOException {
        var exchange = new AuthExchange(
                () -> ending.fromClient(Ending.During.NO_TRANSACTION, () -> lines.line(deadline)), challenger);
        return switch (exchange.hold(auth.mechanism(), auth.initial())) {
            case AuthExchange.Result.Refused(var reply) -> new Outcome.Refused(reply);
            case AuthExchange.Result.Unreadable(var reply) -> new Outcome.HungUp(reply);
            case AuthExchange.Result.Shown(var credentials) -> conclude(reception.authenticate(credentials));
        };
    }

    private Outcome conclude(Reception.Authentication outcome) throws IOException {
        return switch (outcome) {
            case Reception.Authentication.Granted(var user) -> new Outcome.Granted(user);
            case Reception.Authentication.Unavailable(var why) -> new Outcome.Refused(Reply.of(454, "4.7.0 " + why));
            case Reception.Authentication.Denied _ -> denied();
        };
    }

    private Outcome denied() throws IOException {
        failures++;
        pause();
        return failures >= SmtpLimits.AUTH_FAILURES
                ? new Outcome.HungUp(Reply.of(421, "4.7.0 " + failures + " logins have failed, closing the connection"))
                : new Outcome.Refused(Reply.of(535, "5.7.8 no user of this name has this password"));
    }

    private void pause() throws IOException {
        try {
            Thread.sleep(refusedAfter);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("the session was stopped", stopped);
        }
    }
}
