package org.danelaw.smtp;

import java.io.IOException;
import java.io.InputStream;

/// A message's header and body as octets: lines end in CRLF, dots are not stuffed, no final dot.
public interface Content {
    long size();

    InputStream open() throws IOException;
}
