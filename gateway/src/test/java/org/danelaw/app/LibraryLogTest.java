package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LibraryLogTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Logger dnsjava = new LibraryLog(new PrintStream(said, true, StandardCharsets.UTF_8))
            .getLoggerFactory()
            .getLogger("org.xbill.DNS.Cache");

    @Test
    void aWarningIsOneLineWithTheNameOfWhoSaysIt() {
        dnsjava.warn("{} of {}\nare odd", 2, 3);

        assertThat(lines()).containsExactly("danelaw: org.xbill.DNS.Cache says: 2 of 3 are odd");
    }

    @Test
    void anExceptionIsNamedWithoutItsStack() {
        dnsjava.error("it broke", new IOException("no disk"));

        assertThat(lines())
                .containsExactly("danelaw: org.xbill.DNS.Cache says: it broke: java.io.IOException: no disk");
    }

    @Test
    void whatIsNoWarningIsNotSaid() {
        dnsjava.info("started");
        dnsjava.debug("asked {}", "root");
        dnsjava.trace("heard");

        assertThat(lines()).isEmpty();
    }

    @Test
    void librariesFindIt() {
        assertThat(LoggerFactory.getLogger("any").getClass().getEnclosingClass())
                .isEqualTo(LibraryLog.class);
    }

    private Iterable<String> lines() {
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
