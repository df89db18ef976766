package org.danelaw.app;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.danelaw.smtp.Content;

/// A message in memory, to be sent to a gateway.
///
/// @param text in US-ASCII, with CR LF
record Letter(String text) implements Content {
    @Override
    public long size() {
        return text.length();
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
