package org.danelaw.smtp;

import java.util.Map;
import java.util.Optional;

/// What a server's EHLO reply offers (RFC 5321 section 4.1.1.1): keywords in upper case, with their parameters.
public record Capabilities(String name, Map<String, String> keywords) {
    public Capabilities {
        keywords = Map.copyOf(keywords);
    }

    public boolean offers(String keyword) {
        return keywords.containsKey(keyword);
    }

    public Optional<String> parameters(String keyword) {
        return Optional.ofNullable(keywords.get(keyword));
    }
}
