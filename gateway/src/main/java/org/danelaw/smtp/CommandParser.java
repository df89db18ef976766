package org.danelaw.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Understands command lines (RFC 5321 section 4.1), strictly: what does not follow the grammar is refused, with the
/// rule.
final class CommandParser {
    private static final String HELLO_NAME = "[A-Za-z0-9._:\\[\\]-]{1," + SmtpLimits.DOMAIN + "}";

    private static final String BDAT = "BDAT";
    /// Digits enough for any chunk; BINARYMIME is not offered, so nothing else may follow.
    private static final Pattern CHUNK = Pattern.compile("([0-9]{1,15})( LAST)?", Pattern.CASE_INSENSITIVE);

    private final String hostname;

    /// @param hostname the server's own, for `<Postmaster>`
    CommandParser(String hostname) {
        this.hostname = hostname;
    }

    /// Understands one line, its CRLF cut off.
    Command parse(byte[] line) {
        try {
            return parse(text(line), line.length + 2);
        } catch (SyntaxException wrong) {
            return refused(new String(line, StandardCharsets.ISO_8859_1), wrong.reply());
        }
    }

    /// Behind a BDAT that is not understood stand octets of a message, and nobody knows how many.
    private static Command refused(String line, Reply reply) {
        return line.regionMatches(true, 0, BDAT, 0, BDAT.length())
                ? new Command.Unreadable(
                        Reply.of(501, "5.5.4 BDAT goes on with a number of octets, closing the connection"))
                : new Command.Refused(reply);
    }

    private Command parse(String line, int length) throws SyntaxException {
        int blank = line.indexOf(' ');
        String verb = verb(line);
        String arguments = blank < 0 ? "" : line.substring(blank + 1);
        if (length > longest(verb)) {
            throw tooLong(longest(verb));
        }
        return switch (verb) {
            case "EHLO" -> hello(arguments, true);
            case "HELO" -> hello(arguments, false);
            case "STARTTLS" -> alone(new Command.StartTls(), arguments);
            case "MAIL" -> mail(arguments);
            case "RCPT" -> recipient(arguments);
            case "DATA" -> alone(new Command.Data(), arguments);
            case BDAT -> chunk(arguments);
            case "RSET" -> alone(new Command.Reset(), arguments);
            case "NOOP" -> new Command.NoOperation();
            case "VRFY" -> verify(arguments);
            case "HELP" -> new Command.Help();
            case "QUIT" -> alone(new Command.Quit(), arguments);
            case "AUTH" -> authenticate(arguments);
            case "EXPN", "TURN", "ETRN", "SEND", "SOML", "SAML" ->
                throw new SyntaxException(502, "5.5.1 " + verb + " is not offered here");
            default -> throw new SyntaxException(500, "5.5.1 this is no command");
        };
    }

    /// RFC 5321 section 2.4: commands are ASCII; RFC 6531 section 3.7.3: and UTF-8 where it is asked for.
    private static String text(byte[] line) throws SyntaxException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            if (text.chars().noneMatch(Character::isISOControl)) {
                return text;
            }
        } catch (CharacterCodingException neither) {
            throw new SyntaxException(500, "5.5.2 this is neither ASCII nor UTF-8");
        }
        throw new SyntaxException(500, "5.5.2 this has a control character in it");
    }

    private static String verb(String line) {
        int blank = line.indexOf(' ');
        return (blank < 0 ? line : line.substring(0, blank)).toUpperCase(Locale.ROOT);
    }

    private static int longest(String verb) {
        return switch (verb) {
            case "MAIL" -> SmtpLimits.MAIL_LINE;
            case "RCPT" -> SmtpLimits.RCPT_LINE;
            case "AUTH" -> SmtpLimits.AUTH_LINE;
            default -> SmtpLimits.COMMAND_LINE;
        };
    }

    /// What is said to a line of which only the beginning was kept.
    Command tooLong(String beginning) {
        return refused(beginning, tooLong(longest(verb(beginning))).reply());
    }

    /// RFC 5321 section 4.5.3.1.10.
    private static SyntaxException tooLong(int limit) {
        return new SyntaxException(500, "5.5.2 this line is longer than " + limit + " octets");
    }

    private static Command alone(Command command, String arguments) throws SyntaxException {
        if (!arguments.isBlank()) {
            throw new SyntaxException(501, "5.5.4 this command takes no arguments");
        }
        return command;
    }

    /// Unlike RFC 5321 section 4.1.1.1, any word of harmless characters will do: the name only goes into the Received
    /// field, and servers in the field call themselves by names with underscores.
    private static Command hello(String arguments, boolean extended) throws SyntaxException {
        String name = arguments.strip();
        if (!name.matches(HELLO_NAME)) {
            throw new SyntaxException(501, "5.5.4 say hello with your host name or [address]");
        }
        return new Command.Hello(name, extended);
    }

    private static Command verify(String arguments) throws SyntaxException {
        if (arguments.isBlank()) {
            throw new SyntaxException(501, "5.5.4 VRFY whom?");
        }
        return new Command.Verify();
    }

    /// RFC 3030 section 2.
    private static Command chunk(String arguments) throws SyntaxException {
        Matcher chunk = CHUNK.matcher(arguments.stripTrailing());
        if (!chunk.matches()) {
            throw new SyntaxException(501, "5.5.4 BDAT goes on with a number of octets");
        }
        return new Command.Chunk(Long.parseLong(chunk.group(1)), chunk.group(2) != null);
    }

    /// RFC 4954 section 4: a mechanism (RFC 4422 section 3.1) and perhaps its initial response. Nothing of it is
    /// quoted.
    private static Command authenticate(String arguments) throws SyntaxException {
        String[] words = arguments.strip().split(" ", -1);
        if (words.length > 2 || !words[0].matches("[A-Za-z0-9_-]{1,20}")) {
            throw new SyntaxException(501, "5.5.4 AUTH takes a mechanism and perhaps an initial response");
        }
        return new Command.Authenticate(
                words[0].toUpperCase(Locale.ROOT), words.length == 2 ? Optional.of(words[1]) : Optional.empty());
    }

    private Command mail(String arguments) throws SyntaxException {
        PathParser path = new PathParser(behind("FROM:", arguments));
        var sender = path.reversePath();
        Parameters parameters = Parameters.parse(path.rest());
        OptionalLong size = parameters.size();
        parameters.body();
        boolean smtpUtf8 = parameters.smtpUtf8();
        var submitter = parameters.submitter();
        var dsn = parameters.dsn();
        parameters.requireNoneLeft();
        if (!smtpUtf8 && sender.filter(Address::needsSmtpUtf8).isPresent()) {
            throw needsSmtpUtf8();
        }
        return new Command.Mail(new Reception.MailRequest(sender, size, smtpUtf8, dsn, submitter));
    }

    private Command recipient(String arguments) throws SyntaxException {
        PathParser path = new PathParser(behind("TO:", arguments));
        Address address = path.forwardPath(hostname);
        Parameters parameters = Parameters.parse(path.rest());
        var notifyWhen = parameters.notifyWhen();
        var original = parameters.originalRecipient();
        parameters.requireNoneLeft();
        return new Command.Recipient(new Envelope.Recipient(address, notifyWhen, original));
    }

    /// RFC 6531 section 3.5.
    static SyntaxException needsSmtpUtf8() {
        return new SyntaxException(553, "5.6.7 an address beyond ASCII needs MAIL with SMTPUTF8");
    }

    /// Unlike RFC 5321 section 3.3, blanks may follow the colon: home-made clients are known to send them, and no
    /// other meaning is possible.
    private static String behind(String keyword, String arguments) throws SyntaxException {
        if (!arguments.regionMatches(true, 0, keyword, 0, keyword.length())) {
            throw new SyntaxException(501, "5.5.4 this command goes on with " + keyword + "<address>");
        }
        return arguments.substring(keyword.length()).stripLeading();
    }
}
