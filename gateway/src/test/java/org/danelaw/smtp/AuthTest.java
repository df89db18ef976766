package org.danelaw.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// SMTP AUTH (RFC 4954) with PLAIN (RFC 4616) and LOGIN.
@Timeout(120)
final class AuthTest {
    private static final TestIdentity IDENTITY = TestIdentity.ec();

    /// A failed login is held back for this long.
    private static final Duration MOMENT = Duration.ofMillis(10);

    private final MemoryReception reception = new MemoryReception(Optional.of(IDENTITY.serverContext()));

    @FunctionalInterface
    private interface Talk {
        void with(Telnet client) throws Exception;
    }

    private void behindTls(Talk talk) throws Exception {
        inClearText(client -> {
            client.startTls();
            client.send("EHLO client.example\r\n");
            client.reply();
            talk.with(client);
        });
    }

    private void inClearText(Talk talk) throws Exception {
        var timeouts = new ServerTimeouts(
                SmtpLimits.SESSION_IDLE, SmtpLimits.MESSAGE, SmtpLimits.HANDSHAKE, SmtpLimits.REPLY, MOMENT);
        try (ServerUnderTest server = new ServerUnderTest(reception, timeouts)) {
            try (Telnet client = new Telnet(server.connect())) {
                client.reply();
                client.say("EHLO client.example");
                talk.with(client);
            }
            server.join();
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void itIsOfferedBehindTlsAndNotBefore() throws Exception {
        inClearText(client -> {
            client.send("EHLO client.example\r\n");
            assertThat(client.wholeReply()).contains("250-STARTTLS\r\n").doesNotContain("AUTH");
            assertThat(client.say("AUTH PLAIN " + base64("\0alice\0secret")))
                    .isEqualTo("538 5.7.11 no password in clear text: say STARTTLS first");
            client.startTls();
            client.send("EHLO client.example\r\n");
            assertThat(client.wholeReply()).contains("250-AUTH PLAIN LOGIN\r\n");
        });
        assertThat(reception.shown).isEmpty();
    }

    @Test
    void plainTakesItsResponseWithTheCommandOrBehindIt() throws Exception {
        for (String from : List.of("", "alice")) {
            String response = base64(from + "\0alice\0secret");
            behindTls(client -> assertThat(client.say("AUTH PLAIN " + response)).isEqualTo("235 2.7.0 welcome"));
            behindTls(client -> {
                assertThat(client.say("auth plain")).isEqualTo("334");
                assertThat(client.say(response)).isEqualTo("235 2.7.0 welcome");
                assertThat(client.say("MAIL FROM:<alice@org.example>")).startsWith("250");
            });
        }
        assertThat(reception.shown).containsOnly(new Credentials("PLAIN", "alice", "secret"));
        assertThat(reception.clients)
                .isNotEmpty()
                .allMatch(client -> client.user().equals(Optional.of("alice")));
    }

    @Test
    void loginAsksForNameAndPassword() throws Exception {
        behindTls(client -> {
            assertThat(client.say("AUTH LOGIN")).isEqualTo("334 " + base64("Username:"));
            assertThat(client.say(base64("alice"))).isEqualTo("334 " + base64("Password:"));
            assertThat(client.say(base64("secret"))).isEqualTo("235 2.7.0 welcome");
        });
        behindTls(client -> {
            assertThat(client.say("AUTH LOGIN " + base64("alice"))).isEqualTo("334 " + base64("Password:"));
            assertThat(client.say(base64("secret"))).isEqualTo("235 2.7.0 welcome");
        });
        assertThat(reception.shown).containsOnly(new Credentials("LOGIN", "alice", "secret"));
    }

    @Test
    void aNameAndAPasswordMayBeOfAnyScript() throws Exception {
        behindTls(client -> client.say("AUTH PLAIN " + base64("\0b\u00fccher\0\u79d8\u5bc6")));

        assertThat(reception.shown).containsExactly(new Credentials("PLAIN", "b\u00fccher", "\u79d8\u5bc6"));
    }

    @Test
    void whoIsAuthenticatedStaysSoAndIsNotAskedAgain() throws Exception {
        behindTls(client -> {
            client.say("AUTH PLAIN " + base64("\0alice\0secret"));
            assertThat(client.say("AUTH PLAIN " + base64("\0bob\0secret")))
                    .isEqualTo("503 5.5.1 you have authenticated yourself already");
            client.send("EHLO client.example\r\n");
            assertThat(client.wholeReply()).doesNotContain("AUTH");
            client.say("RSET");
            client.say("MAIL FROM:<alice@org.example>");
        });
        assertThat(reception.clients.getFirst().user()).contains("alice");
    }

    @Test
    void anAsteriskCancels() throws Exception {
        behindTls(client -> {
            client.say("AUTH PLAIN");
            assertThat(client.say("*")).isEqualTo("501 5.7.0 you have cancelled the exchange");
            client.say("AUTH LOGIN");
            client.say(base64("alice"));
            assertThat(client.say("*")).startsWith("501");
            assertThat(client.say("NOOP")).startsWith("250");
        });
        assertThat(reception.shown).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTH",
                "AUTH PLAIN a b",
                "AUTH PLAIN !",
                "AUTH PLAIN YWxpY2U",
                "AUTH PLAIN /w==",
                "AUTH PLAIN =",
                "AUTH PLAIN AGFsaWNl",
                "AUTH PLAIN AABzZWNyZXQ=",
                "AUTH PLAIN AGFsaWNlAHNlY3JldAA=",
                "AUTH PLAIN Ym9iAGFsaWNlAHNlY3JldA==",
                "AUTH CRAM-MD5",
                "AUTH <script>",
                "AUTH XXXXXXXXXXXXXXXXXXXXX"
            })
    void whatFollowsNoMechanismIsRefusedAndShowsNothing(String command) throws Exception {
        behindTls(client -> {
            assertThat(client.say(command)).matches("5(01|04|35) 5\\.[57]\\.[0248] .*");
            assertThat(client.say("NOOP")).startsWith("250");
        });
        assertThat(reception.shown).isEmpty();
    }

    @Test
    void aLineOfAnExchangeHasItsLimit() throws Exception {
        String longest = base64("\0alice\0" + "x".repeat(9_200));
        assertThat(longest.length()).isLessThan(SmtpLimits.AUTH_LINE);
        behindTls(client -> {
            client.say("AUTH PLAIN");
            assertThat(client.say(longest)).startsWith("535");
            client.say("AUTH PLAIN");
            assertThat(client.say("A".repeat(SmtpLimits.AUTH_LINE)))
                    .isEqualTo("500 5.5.6 this line is longer than 12288 octets");
            assertThat(client.say("AUTH PLAIN " + "A".repeat(SmtpLimits.AUTH_LINE)))
                    .isEqualTo("500 5.5.2 this line is longer than 12288 octets");
        });
        assertThat(reception.shown).hasSize(1);
    }

    @Test
    void anAnswerThatIsNoLineEndsTheSession() throws Exception {
        behindTls(client -> {
            client.say("AUTH PLAIN");
            client.send("AGFsaWNlAHNlY3JldA==\n");
            assertThat(client.rest()).startsWith("521 ");
        });
        assertThat(reception.shown).isEmpty();
    }

    @Test
    void theThirdFailureEndsTheSession() throws Exception {
        behindTls(client -> {
            for (int i = 1; i < SmtpLimits.AUTH_FAILURES; i++) {
                assertThat(client.say("AUTH PLAIN " + base64("\0alice\0guess")))
                        .isEqualTo("535 5.7.8 no user of this name has this password");
            }
            assertThat(client.say("AUTH PLAIN " + base64("\0alice\0guess")))
                    .isEqualTo("421 4.7.0 3 logins have failed, closing the connection");
            assertThat(client.rest()).isEmpty();
        });
        assertThat(reception.refused).contains("session 421").doesNotContain("AUTH 421");
    }

    @Test
    void whoCannotBeCheckedNowIsToldSoAndHasNotFailed() throws Exception {
        behindTls(client -> {
            for (int i = 0; i < 2 * SmtpLimits.AUTH_FAILURES; i++) {
                assertThat(client.say("AUTH PLAIN " + base64("\0alice\0busy"))).isEqualTo("454 4.7.0 try again later");
            }
            assertThat(client.say("AUTH PLAIN " + base64("\0alice\0secret"))).startsWith("235");
        });
    }

    @Test
    void itHasItsPlaceBetweenHelloAndMail() throws Exception {
        behindTls(client -> {
            client.say("MAIL FROM:<alice@org.example>");
            assertThat(client.say("AUTH PLAIN")).isEqualTo("503 5.5.1 not inside a transaction");
        });
        inClearText(client -> {
            client.startTls();
            assertThat(client.say("AUTH PLAIN")).isEqualTo("503 5.5.1 say EHLO first");
        });
    }

    @Test
    void noSecretIsInWhatIsToldOfCredentials() {
        assertThat(new Credentials("PLAIN", "alice", "secret")).hasToString("PLAIN alice");
        assertThat(new Command.Authenticate("PLAIN", Optional.of("AGFsaWNlAHNlY3JldA==")))
                .hasToString("AUTH PLAIN");
    }
}
