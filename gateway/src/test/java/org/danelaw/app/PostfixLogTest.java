package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.danelaw.app.PostfixLog.Ended;
import org.junit.jupiter.api.Test;

/// Postfix 3.7's words for what became of a message.
class PostfixLogTest {
    private static final String ESTABLISHED =
            "Nov 24 08:36:25 postfix postfix/smtp[7]: %s TLS connection established to"
                    + " mx.a.danelaw[127.20.0.1]:25: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)";
    private static final String SENT = "Nov 24 08:36:25 postfix postfix/smtp[7]: D38632140A6: to=<u@a.danelaw>,"
            + " relay=mx.a.danelaw[127.20.0.1]:25, delay=1, delays=0/0/1/0, dsn=2.0.0, status=sent (250 2.0.0 taken)";

    private static Fate fate(String... lines) {
        return Objects.requireNonNull(PostfixLog.read(List.of(lines)).get("u@a.danelaw"))
                .fate();
    }

    @Test
    void aDeliveryIsAsGoodAsItsConnection() {
        assertThat(fate(ESTABLISHED.formatted("Verified"), SENT)).isEqualTo(Fate.VERIFIED);
        assertThat(fate(ESTABLISHED.formatted("Trusted"), SENT)).isEqualTo(Fate.VERIFIED);
        assertThat(fate(ESTABLISHED.formatted("Untrusted"), SENT)).isEqualTo(Fate.ENCRYPTED);
        assertThat(fate(ESTABLISHED.formatted("Anonymous"), SENT)).isEqualTo(Fate.ENCRYPTED);
        assertThat(fate(SENT)).isEqualTo(Fate.CLEAR);
        assertThat(fate(ESTABLISHED.formatted("Verified").replace("[7]", "[8]"), SENT))
                .as("another process's connection")
                .isEqualTo(Fate.CLEAR);
        assertThat(fate(ESTABLISHED.formatted("Verified").replace("0.1]", "0.2]"), SENT))
                .as("a connection to another host")
                .isEqualTo(Fate.CLEAR);
    }

    @Test
    void ofSeveralAttemptsTheFirstCounts() {
        var deferred = "Nov 24 08:36:35 postfix postfix/smtp[9]: D708D214423: to=<u@a.danelaw>, relay=none, delay=11,"
                + " delays=0/0/11/0, dsn=4.4.3, status=deferred (Name service error for name=a.danelaw type=MX: Host not"
                + " found, try again)";
        assertThat(PostfixLog.read(List.of(deferred, ESTABLISHED.formatted("Verified"), SENT)))
                .containsOnlyKeys("u@a.danelaw")
                .containsValue(new Ended(
                        Fate.DEFERRED, "Name service error for name=a.danelaw type=MX: Host not found, try again"));
        assertThat(fate(deferred.replace("deferred", "bounced"))).isEqualTo(Fate.BOUNCED);
    }
}
