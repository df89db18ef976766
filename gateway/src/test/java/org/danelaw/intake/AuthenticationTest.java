package org.danelaw.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.intake.IntakeUnderTest.RELAY;
import static org.danelaw.intake.IntakeUnderTest.mail;
import static org.danelaw.intake.IntakeUnderTest.with;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.danelaw.intake.MailFlowPolicy.Auth;
import org.danelaw.smtp.Telnet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that must say who they are, with users in a file.
@Timeout(120)
final class AuthenticationTest {
    private final IntakeUnderTest intake = new IntakeUnderTest();
    private Users users;

    @BeforeEach
    void begin(@TempDir Path folder) throws Exception {
        users = Users.open(
                Optional.of(Files.writeString(folder.resolve("users"), "app@lan.example:" + UsersTest.SECRET + "\n")),
                intake.events::add);
        intake.users(users);
    }

    @AfterEach
    void stop() {
        intake.close();
        users.close();
    }

    private Telnet clientBehindTls(MailFlowPolicy policy) throws Exception {
        Telnet client = intake.client(policy);
        client.reply();
        client.say("EHLO client.example");
        client.startTls();
        client.say("EHLO client.example");
        return client;
    }

    private static String plain(String user, String password) {
        return Base64.getEncoder().encodeToString(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void wherePolicyRequiresItNoMailIsTakenWithout() throws Exception {
        try (Telnet client = intake.client(with(RELAY, Auth.REQUIRED))) {
            client.reply();
            client.say("EHLO client.example");
            assertThat(client.say("MAIL FROM:<alice@org.example>"))
                    .isEqualTo("530 5.7.0 say STARTTLS and then AUTH first");
            client.startTls();
            client.say("EHLO client.example");
            assertThat(client.say("MAIL FROM:<alice@org.example>")).isEqualTo("530 5.7.0 say AUTH first");
            assertThat(client.say("AUTH PLAIN " + plain("app@lan.example", "secret")))
                    .isEqualTo("235 2.7.0 welcome");
            assertThat(mail(client, "x\r\n")).startsWith("250");
        }
        assertThat(intake.spool.stored.getFirst().content()).contains("\r\n\tby gw.example with ESMTPSA id 1\r\n");
        assertThat(intake.log())
                .contains("SMTP Auth: (ICID 1) succeeded for user: app@lan.example using AUTH mechanism: PLAIN");
    }

    @Test
    void wherePolicyOffersItMailIsTakenWithout() throws Exception {
        try (Telnet client = clientBehindTls(with(RELAY, Auth.OFFERED))) {
            assertThat(mail(client, "x\r\n")).startsWith("250");
        }
        assertThat(intake.spool.stored.getFirst().content()).contains(" with ESMTPS id 1\r\n");
    }

    @Test
    void internationalMailOfAUserIsTracedAsSuch() throws Exception {
        try (Telnet client = clientBehindTls(with(RELAY, Auth.OFFERED))) {
            client.say("AUTH PLAIN " + plain("app@lan.example", "secret"));
            client.say("MAIL FROM:<alice@org.example> SMTPUTF8");
            client.say("RCPT TO:<bob@dest.example>");
            client.say("DATA");
            assertThat(client.say("x\r\n.")).startsWith("250");
        }
        assertThat(intake.spool.stored.getFirst().content()).contains(" with UTF8SMTPSA id 1\r\n");
    }

    @Test
    void threeFailuresEndTheSessionAndNoPasswordIsEverLogged() throws Exception {
        try (Telnet client = clientBehindTls(with(RELAY, Auth.REQUIRED))) {
            assertThat(client.say("AUTH PLAIN " + plain("app@lan.example", "guess-one")))
                    .isEqualTo("535 5.7.8 no user of this name has this password");
            assertThat(client.say("AUTH PLAIN " + plain("guess-two", "x")))
                    .isEqualTo("535 5.7.8 no user of this name has this password");
            client.say("AUTH LOGIN");
            client.say(Base64.getEncoder().encodeToString("app@lan.example".getBytes(StandardCharsets.US_ASCII)));
            assertThat(client.say(
                            Base64.getEncoder().encodeToString("guess-three".getBytes(StandardCharsets.US_ASCII))))
                    .isEqualTo("421 4.7.0 3 logins have failed, closing the connection");
            assertThat(client.rest()).isEmpty();
        }
        intake.waitForEnd();
        assertThat(intake.log())
                .contains(
                        "SMTP Auth: (ICID 1) failed for user: app@lan.example using AUTH mechanism: PLAIN",
                        "SMTP Auth: (ICID 1) failed for user: unknown using AUTH mechanism: PLAIN",
                        "SMTP Auth: (ICID 1) failed for user: app@lan.example using AUTH mechanism: LOGIN")
                .noneMatch(line -> line.contains("guess"));
        assertThat(intake.events.toString()).doesNotContain("guess");
    }

    @Test
    void whoHandedAMessageInIsNotedAndNotBelieved() throws Exception {
        try (Telnet client = clientBehindTls(with(RELAY, Auth.OFFERED))) {
            assertThat(client.say("MAIL FROM:<alice@org.example> AUTH=carol+2Btag@org.example"))
                    .startsWith("250");
            client.say("RSET");
            assertThat(client.say("MAIL FROM:<alice@org.example> AUTH=<>")).startsWith("250");
            client.say("RSET");
            assertThat(client.say("MAIL FROM:<alice@org.example> AUTH=carol"))
                    .isEqualTo("501 5.5.4 AUTH is <>, or a mailbox as xtext");
        }
        assertThat(intake.log())
                .contains("MID 1 ICID 1 AUTH claimed: carol+tag@org.example")
                .noneMatch(line -> line.startsWith("MID 2 ICID 1 AUTH"));
    }

    @Test
    void wherePolicyDoesNotOfferItThereIsNone() throws Exception {
        try (Telnet client = clientBehindTls(RELAY)) {
            assertThat(client.say("AUTH PLAIN " + plain("app@lan.example", "secret")))
                    .isEqualTo("502 5.5.1 AUTH is not offered here");
            assertThat(client.say("MAIL FROM:<alice@org.example> AUTH=<>"))
                    .isEqualTo("555 5.5.4 AUTH: not offered here");
        }
    }
}
