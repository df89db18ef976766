package org.danelaw.smtp;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.danelaw.dns.FailureText;

/// One SMTP connection, seen from the client: plain blocking calls, each bounded by its time-out of RFC 5321 section
/// 4.5.3.2. An [IOException] means that the connection is of no more use; its message says what happened, in words.
public final class SmtpClient implements Closeable {
    private static final int SERVICE_CLOSING = 421;

    private final Wire wire;
    private final ReplyReader replies;
    private final SmtpTimeouts timeouts;
    private Optional<Capabilities> capabilities = Optional.empty();
    private Optional<Reply> farewell = Optional.empty();
    private boolean transactionIsOpen;
    private boolean awaitsVerdict;

    private SmtpClient(Wire wire, SmtpTimeouts timeouts) {
        this.wire = wire;
        this.replies = new ReplyReader(wire);
        this.timeouts = timeouts;
    }

    public static SmtpClient over(Socket connected, SmtpTimeouts timeouts) throws IOException {
        return new SmtpClient(new Wire(connected, timeouts.command()), timeouts);
    }

    /// Waits for the server's greeting.
    public Reply greeting() throws IOException {
        return expect(2, read("the connection", timeouts.greeting()), "the connection");
    }

    /// Says EHLO and returns the reply; after a positive one, [#capabilities] tells what is offered.
    public Reply hello(String hostname) throws IOException {
        capabilities = Optional.empty();
        Reply ehlo = expect(2, ask("EHLO " + hostname), "EHLO");
        if (ehlo.isPositive()) {
            capabilities = Optional.of(Capabilities.ofEhlo(ehlo));
        }
        // RFC 5321 section 3.2: a server that does not know EHLO is spoken to as RFC 821 has it.
        return ehlo.isPermanent() ? helloOfOld(hostname) : ehlo;
    }

    private Reply helloOfOld(String hostname) throws IOException {
        Reply helo = expect(2, ask("HELO " + hostname), "HELO");
        if (helo.isPositive()) {
            capabilities = Optional.of(Capabilities.ofHelo(helo));
        }
        return helo;
    }

    public Capabilities capabilities() {
        return capabilities.orElseThrow(() -> new IllegalStateException("the server was not yet said hello to"));
    }

    /// Says STARTTLS and returns the reply; octets that follow a 220 in plain text break the connection
    /// (CVE-2011-0411).
    public Reply startTls() throws IOException {
        Reply reply = expect(2, ask("STARTTLS"), "STARTTLS");
        if (reply.isPositive() && wire.hasInput()) {
            throw new IOException("the server, or somebody on the way, sent plain text behind the answer to STARTTLS");
        }
        return reply;
    }

    /// The socket that a handshake is to be made over.
    public Socket socket() {
        return wire.socket();
    }

    /// Goes on over the TLS connection made of [#socket]; all that was known of the server is forgotten (RFC 3207
    /// section 4.2).
    public void continueOver(Socket secured) throws IOException {
        capabilities = Optional.empty();
        wire.continueOver(secured);
    }

    /// Whether the server can still be told anything: false once it has said 421.
    public boolean isUsable() {
        return farewell.isEmpty() && !wire.socket().isClosed();
    }

    /// Whether the server may have taken the last message although no answer came: its final dot was sent.
    public boolean mayHaveTaken() {
        return awaitsVerdict;
    }

    /// Sends one message, pipelined where the server allows; the connection is then ready for the next, if it
    /// [#isUsable]. Not to be asked of a server with a [Capabilities#shortfall] for it.
    public Transmission send(Envelope envelope, Content content) throws IOException {
        requireSendable(envelope, content);
        List<String> commands = new ClientCommands(capabilities()).of(envelope, content);
        try (InputStream octets = content.open()) {
            resetIfOpen();
            List<Reply> said = sayAll(commands);
            Reply mail = said.getFirst();
            transactionIsOpen = mail.isPositive();
            List<Reply> recipients = mail.isPositive() ? said.subList(1, commands.size() - 1) : List.of();
            Optional<Reply> data = said.size() == commands.size() ? Optional.of(said.getLast()) : Optional.empty();
            if (recipients.stream().noneMatch(Reply::isPositive)) {
                endUnwantedData(data);
                return new Transmission(mail, recipients, Optional.empty());
            }
            Reply asked = data.orElseThrow();
            return new Transmission(
                    mail, recipients, Optional.of(asked.isPositive() ? sendData(octets, content.size()) : asked));
        }
    }

    private void requireSendable(Envelope envelope, Content content) {
        if (envelope.recipients().isEmpty()) {
            throw new IllegalArgumentException("a message for nobody");
        }
        capabilities().shortfall(envelope, content).ifPresent(shortfall -> {
            throw new IllegalArgumentException("not to be sent to this server: " + shortfall.sentence());
        });
    }

    /// RFC 5321 section 4.1.4: MAIL must not come inside a transaction that an earlier message left open.
    private void resetIfOpen() throws IOException {
        if (transactionIsOpen && farewell.isEmpty()) {
            Reply reset = expect(2, ask("RSET"), "RSET");
            if (!reset.isPositive() && farewell.isEmpty()) {
                throw new IOException("the server refused RSET: " + reset.code() + " " + reset.text());
            }
            transactionIsOpen = false;
        }
    }

    /// Says MAIL, each RCPT and DATA, in groups where the server allows (RFC 2920) and else one by one, for as long as
    /// there is reason to go on. Where MAIL is accepted, every RCPT has its reply; where a RCPT is, so has DATA.
    private List<Reply> sayAll(List<String> commands) throws IOException {
        int group = capabilities().offers("PIPELINING") ? SmtpLimits.FLIGHT : 1;
        List<Reply> said = new ArrayList<>();
        for (int from = 0; from < commands.size(); from += group) {
            boolean onlyDataIsLeft = from == commands.size() - 1;
            if (from > 0
                    && !(onlyDataIsLeft
                            ? anyRecipientTaken(said)
                            : said.getFirst().isPositive())) {
                break;
            }
            List<String> next = commands.subList(from, Math.min(from + group, commands.size()));
            say(next);
            for (String command : next) {
                said.add(answer(command));
            }
        }
        return said;
    }

    private static boolean anyRecipientTaken(List<Reply> said) {
        return said.getFirst().isPositive() && said.stream().skip(1).anyMatch(Reply::isPositive);
    }

    private Reply answer(String command) throws IOException {
        return command.equals("DATA")
                ? expect(3, read(command, timeouts.dataInitiation()), command)
                : expect(2, read(verb(command), timeouts.command()), verb(command));
    }

    /// RFC 2920 section 3.1: a server that wants data for nobody is sent none but the dot, whatever it says to that.
    private void endUnwantedData(Optional<Reply> data) throws IOException {
        if (data.filter(Reply::isPositive).isPresent()) {
            new DotStuffing(wire, timeouts.dataBlock()).writeEnd();
            read("the end of no data", timeouts.dataTermination());
            transactionIsOpen = false;
        }
    }

    private Reply sendData(InputStream content, long size) throws IOException {
        DotStuffing data = new DotStuffing(wire, timeouts.dataBlock());
        try {
            requireSilence();
            long sent = data.writeLines(content);
            if (sent != size) {
                throw new IOException("our own copy of the message has " + sent + " octets where " + size + " are due");
            }
            requireSilence();
            awaitsVerdict = true;
            data.writeEnd();
        } catch (IOException broken) {
            Reply refusal = refusalBehind(broken);
            awaitsVerdict = false;
            return refusal;
        }
        transactionIsOpen = false;
        Reply verdict = expect(2, read("the end of the data", timeouts.dataTermination()), "the end of the data");
        awaitsVerdict = false;
        return verdict;
    }

    /// A server may refuse a message before it has all of it, and close: if it said why, that is its answer.
    private Reply refusalBehind(IOException broken) throws IOException {
        try {
            if (wire.hasInput()) {
                Reply reply = replies.read(Deadline.in(SmtpLimits.GOODBYE));
                if (reply.code() >= 400) {
                    farewell = Optional.of(reply);
                    return reply;
                }
            }
        } catch (IOException nothingSaid) {
            broken.addSuppressed(nothingSaid);
        }
        throw new IOException("the connection broke while the message was sent: " + FailureText.of(broken), broken);
    }

    /// Says QUIT, waits briefly for the reply, and closes; never fails.
    public void quit() {
        try {
            if (isUsable()) {
                say(List.of("QUIT"));
                read("QUIT", shorter(timeouts.command(), SmtpLimits.GOODBYE));
            }
        } catch (IOException goneAlready) {
            // Nothing depends on this answer: the outcome of every message is already known.
            farewell = Optional.empty();
        } finally {
            wire.closeInOrder();
        }
    }

    /// Closes without a word.
    @Override
    public void close() {
        wire.close();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Reply ask(String command) throws IOException {
        say(List.of(command));
        return read(verb(command), timeouts.command());
    }

    /// Sends a group of commands, unless the server has already said that it will answer none.
    private void say(List<String> commands) throws IOException {
        if (farewell.isEmpty() && wire.hasInput()) {
            Reply unasked = read("an earlier command", timeouts.command());
            if (farewell.isEmpty()) {
                throw new IOException("the server spoke out of turn: " + unasked.code() + " " + unasked.text());
            }
        }
        if (farewell.isEmpty()) {
            wire.queue((String.join("\r\n", commands) + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /// A reply that came before its question might be taken for that to a later one.
    private void requireSilence() throws IOException {
        if (wire.hasInput()) {
            throw new IOException("the server spoke out of turn");
        }
    }

    /// Reads the reply to `what`. RFC 5321 section 3.8: 421 may answer any command, and then nothing else comes.
    private Reply read(String what, Duration limit) throws IOException {
        if (farewell.isPresent()) {
            return farewell.get();
        }
        try {
            Reply reply = replies.read(Deadline.in(limit));
            farewell = reply.code() == SERVICE_CLOSING ? Optional.of(reply) : Optional.empty();
            return reply;
        } catch (SocketTimeoutException silent) {
            throw new IOException("the server did not answer " + what + " within " + Wire.words(limit), silent);
        } catch (EOFException closed) {
            throw new IOException("the server closed the connection instead of answering " + what, closed);
        } catch (MalformedReplyException malformed) {
            throw new IOException(
                    "the answer to " + what + " is no SMTP reply: " + FailureText.of(malformed), malformed);
        } catch (IOException broken) {
            throw new IOException(
                    "the connection broke before the answer to " + what + ": " + FailureText.of(broken), broken);
        }
    }

    /// RFC 5321 section 4.2: a reply's first digit is what counts; one that the command cannot have is no answer to it.
    private static Reply expect(int firstDigit, Reply reply, String what) throws IOException {
        if (reply.isPositive() && reply.code() / 100 != firstDigit) {
            throw new IOException("the server answered " + what + " with " + reply.code() + ", which is out of place");
        }
        return reply;
    }

    private static String verb(String command) {
        return command.startsWith("MAIL") || command.startsWith("RCPT")
                ? command.substring(0, 4)
                : command.split(" ", 2)[0];
    }
}
