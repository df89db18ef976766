package org.danelaw.smtp;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The parameters behind the path of MAIL or RCPT (RFC 5321 section 4.1.2), taken one by one by who knows them; what is
/// then left nobody knows.
final class Parameters {
    private final Map<String, String> left;

    private Parameters(Map<String, String> parameters) {
        left = parameters;
    }

    static Parameters parse(String text) throws SyntaxException {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (!text.isBlank() && text.charAt(0) != ' ') {
            throw new SyntaxException(501, "5.5.4 a blank must follow the address");
        }
        for (String parameter : text.strip().split(" +", -1)) {
            if (!parameter.isEmpty()) {
                add(parameter, parameters);
            }
        }
        return new Parameters(parameters);
    }

    private static void add(String parameter, Map<String, String> parameters) throws SyntaxException {
        if (!parameter.matches("[A-Za-z0-9][A-Za-z0-9-]*(?:=[!-<>-~]+)?")) {
            throw new SyntaxException(501, "5.5.4 '" + Printable.of(parameter) + "' is no parameter");
        }
        int equals = parameter.indexOf('=');
        String keyword = (equals < 0 ? parameter : parameter.substring(0, equals)).toUpperCase(Locale.ROOT);
        if (parameters.put(keyword, equals < 0 ? "" : parameter.substring(equals + 1)) != null) {
            throw new SyntaxException(501, "5.5.4 " + keyword + " stands there twice");
        }
    }

    /// RFC 1870 section 5: at most 20 digits; what no `long` holds is larger than any limit.
    OptionalLong size() throws SyntaxException {
        Optional<String> size = take("SIZE");
        if (size.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!size.get().matches("[0-9]{1,20}")) {
            throw new SyntaxException(501, "5.5.4 SIZE takes a number of at most 20 digits");
        }
        String digits = size.get();
        return OptionalLong.of(digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits));
    }

    /// RFC 6152 section 2. What the body really holds is seen when it comes, so the value changes nothing.
    void body() throws SyntaxException {
        Optional<String> body = take("BODY");
        if (body.isPresent() && !body.get().toUpperCase(Locale.ROOT).matches("7BIT|8BITMIME")) {
            throw new SyntaxException(501, "5.5.4 BODY is 7BIT or 8BITMIME");
        }
    }

    /// RFC 6531 section 3.4: without a value.
    boolean smtpUtf8() throws SyntaxException {
        Optional<String> value = take("SMTPUTF8");
        if (value.isPresent() && !value.get().isEmpty()) {
            throw new SyntaxException(501, "5.5.4 SMTPUTF8 takes no value");
        }
        return value.isPresent();
    }

    /// RFC 4954 section 5: who handed the message in first, as xtext of a mailbox, or `<>`.
    Optional<String> submitter() throws SyntaxException {
        Optional<String> auth = take("AUTH");
        if (auth.isPresent() && !auth.get().equals("<>") && !isMailbox(auth.get())) {
            throw new SyntaxException(501, "5.5.4 AUTH is <>, or a mailbox as xtext");
        }
        return auth;
    }

    private static boolean isMailbox(String xtext) {
        return Xtext.isXtext(xtext) && Xtext.decode(xtext).matches("[^\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");
    }

    /// RFC 3461 sections 4.3 and 4.4: how much of the message a report is to bring back, and what the sender calls it.
    Envelope.Dsn dsn() throws SyntaxException {
        Optional<String> ret = take("RET").map(value -> value.toUpperCase(Locale.ROOT));
        if (ret.isPresent() && !ret.get().matches("FULL|HDRS")) {
            throw new SyntaxException(501, "5.5.4 RET is FULL or HDRS");
        }
        Optional<String> envelopeId = take("ENVID");
        if (envelopeId.isPresent() && !isXtext(envelopeId.get(), SmtpLimits.ENVELOPE_ID)) {
            throw new SyntaxException(501, "5.5.4 ENVID is xtext of at most " + SmtpLimits.ENVELOPE_ID + " characters");
        }
        return new Envelope.Dsn(ret, envelopeId);
    }

    /// RFC 3461 section 4.1: NEVER alone, or any of the others.
    Optional<String> notifyWhen() throws SyntaxException {
        Optional<String> when = take("NOTIFY").map(value -> value.toUpperCase(Locale.ROOT));
        if (when.isPresent() && !when.get().matches("NEVER|(?:SUCCESS|FAILURE|DELAY)(?:,(?:SUCCESS|FAILURE|DELAY))*")) {
            throw new SyntaxException(501, "5.5.4 NOTIFY is NEVER alone, or a list of SUCCESS, FAILURE and DELAY");
        }
        return when;
    }

    /// RFC 3461 section 4.2: a type of address, and the address as xtext.
    Optional<String> originalRecipient() throws SyntaxException {
        Optional<String> original = take("ORCPT");
        if (original.isPresent()) {
            int semicolon = original.get().indexOf(';');
            if (semicolon < 1
                    || !original.get().substring(0, semicolon).matches("[A-Za-z0-9-]+")
                    || !isXtext(
                            original.get().substring(semicolon + 1), SmtpLimits.ORIGINAL_RECIPIENT - semicolon - 1)) {
                throw new SyntaxException(
                        501, "5.5.4 ORCPT is a type of address, a semicolon, and an address as xtext");
            }
        }
        return original;
    }

    private static boolean isXtext(String text, int most) {
        return !text.isEmpty() && text.length() <= most && Xtext.isXtext(text);
    }

    /// RFC 5321 section 4.1.1.11: a parameter that was not offered is refused.
    void requireNoneLeft() throws SyntaxException {
        if (!left.isEmpty()) {
            throw new SyntaxException(555, "5.5.4 " + String.join(" and ", left.keySet()) + ": not offered here");
        }
    }

    private Optional<String> take(String keyword) {
        return Optional.ofNullable(left.remove(keyword));
    }
}
