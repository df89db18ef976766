package org.danelaw.smtp;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server's EHLO reply offers (RFC 5321 section 4.1.1.1): keywords in upper case, with their parameters.
public record Capabilities(String name, Map<String, String> keywords) {
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*)(?: +(.*?))? *");

    public Capabilities {
        keywords = Map.copyOf(keywords);
    }

    /// Reads a positive reply to EHLO; a line that has no keyword's form offers nothing.
    static Capabilities ofEhlo(Reply reply) {
        Map<String, String> keywords = new HashMap<>();
        for (String line : reply.lines().subList(1, reply.lines().size())) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                String parameters = matcher.group(2);
                keywords.put(matcher.group(1).toUpperCase(Locale.ROOT), parameters == null ? "" : parameters);
            }
        }
        return new Capabilities(nameIn(reply), keywords);
    }

    /// A server that only knows HELO offers nothing.
    static Capabilities ofHelo(Reply reply) {
        return new Capabilities(nameIn(reply), Map.of());
    }

    public boolean offers(String keyword) {
        return keywords.containsKey(keyword);
    }

    public Optional<String> parameters(String keyword) {
        return Optional.ofNullable(keywords.get(keyword));
    }

    /// What keeps this server from taking the message, known before MAIL is said; empty where nothing does.
    public Optional<Shortfall> shortfall(Envelope envelope, Content content) {
        if (envelope.needsSmtpUtf8() && !offers("SMTPUTF8")) {
            return Optional.of(Shortfall.SMTPUTF8);
        }
        if (envelope.needs().eightBitMime() && !offers("8BITMIME")) {
            return Optional.of(Shortfall.EIGHT_BIT_MIME);
        }
        return content.size() > sizeLimit() ? Optional.of(Shortfall.SIZE) : Optional.empty();
    }

    /// RFC 1870 section 4: no number, or 0, is no fixed limit.
    private long sizeLimit() {
        String digits = parameters("SIZE").orElse("");
        return digits.matches("0*[1-9][0-9]{0,17}") ? Long.parseLong(digits) : Long.MAX_VALUE;
    }

    private static String nameIn(Reply reply) {
        return reply.lines().getFirst().split(" ", 2)[0];
    }
}
