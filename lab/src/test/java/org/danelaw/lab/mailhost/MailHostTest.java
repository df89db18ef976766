package org.danelaw.lab.mailhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

final class MailHostTest {
    private static final Certified LEAF =
            CertificateMaker.host("mx.example.com").make();

    private final MailHostSettings settings = MailHost.named("mx.example.com").keeping(Keep.CONTENTS);

    @Test
    void takesAMessageAndRemembersWhatCame() throws Exception {
        try (var host = settings.start();
                var client = new Dialogue(host.address())) {
            assertThat(client.reply()).isEqualTo("220 mx.example.com ESMTP");
            assertThat(client.ask("EHLO client.example.com"))
                    .isEqualTo(
                            "250-mx.example.com|250-PIPELINING|250-SIZE 104857600|250-8BITMIME|250 ENHANCEDSTATUSCODES");
            assertThat(client.ask("MAIL FROM:<alice@example.org> SIZE=20 BODY=8BITMIME"))
                    .startsWith("250");
            assertThat(client.ask("RCPT TO:<bob@example.com>")).startsWith("250");
            assertThat(client.ask("RCPT TO:<\"a>b\"@example.com> NOTIFY=NEVER")).startsWith("250");
            assertThat(client.ask("DATA")).startsWith("354");
            assertThat(client.ask("Subject: x", "", "..dot", "tail", ".")).startsWith("250");
            assertThat(client.ask("QUIT")).startsWith("221");
            var visit = host.visits().getFirst().awaitEnd();
            assertThat(visit.lines())
                    .extracting(Visit.Line::text)
                    .contains("DATA", "QUIT")
                    .doesNotContain("tail");
            var mail = visit.mails().getFirst();
            assertThat(mail.sender()).isEqualTo("alice@example.org");
            assertThat(mail.parameters()).isEqualTo("SIZE=20 BODY=8BITMIME");
            assertThat(mail.recipients()).containsExactly("bob@example.com", "\"a>b\"@example.com");
            assertThat(mail.content()).isEqualTo("Subject: x\r\n\r\n.dot\r\ntail\r\n");
            assertThat(mail.size()).isEqualTo(mail.content().length());
            assertThat(mail.sha256()).isEqualTo(sha256(mail.content()));
            assertThat(mail.underTls()).isFalse();
            assertThat(mail.accepted()).isTrue();
        }
    }

    private static String sha256(String content) throws Exception {
        return HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    @Test
    void anEmptyMessageAndTwoMessagesInOneConnection() throws Exception {
        try (var host = settings.start();
                var client = new Dialogue(host.address())) {
            client.send("EHLO c", "MAIL FROM:<>", "RCPT TO:<b@x>", "DATA", ".");
            client.send("MAIL FROM:<a@x>", "RCPT TO:<c@x>", "DATA", "second", ".", "QUIT");
            host.visits();
            assertThat(client.reply()).startsWith("220");
            for (var start : new String[] {"250", "250", "250", "354", "250", "250", "250", "354", "250", "221"}) {
                assertThat(client.reply()).startsWith(start);
            }
            assertThat(host.visits().getFirst().awaitEnd().mails())
                    .extracting(Mail::content)
                    .containsExactly("", "second\r\n");
        }
    }

    @Test
    void takesChunks() throws Exception {
        try (var host = settings.offering("PIPELINING", "CHUNKING", "SMTPUTF8").start();
                var client = new Dialogue(host.address())) {
            client.reply();
            assertThat(client.ask("EHLO c")).contains("CHUNKING");
            client.send("MAIL FROM:<a@x>", "RCPT TO:<b@x>").raw("BDAT 5\r\na\r\n.\rBDAT 3 LAST\r\n\nb\n");
            for (int i = 0; i < 4; i++) {
                assertThat(client.reply()).startsWith("250");
            }
            assertThat(host.mails()).extracting(Mail::content).containsExactly("a\r\n.\r\nb\n");
        }
    }

    @Test
    void underTlsAllIsForgottenAndTheServerNameIsNoted() throws Exception {
        try (var host = settings.showing(Identity.of(LEAF)).start();
                var client = new Dialogue(host.address())) {
            assertThat(client.secure("_odd.mx.example.com").getSession().getProtocol())
                    .isEqualTo("TLSv1.3");
            assertThat(client.shown().getFirst()).isEqualTo(LEAF.parsed());
            assertThat(client.ask("RCPT TO:<bob@example.com>")).startsWith("503");
            assertThat(client.ask("EHLO c")).doesNotContain("STARTTLS");
            client.send("MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA", "x", ".", "QUIT");
            var visit = host.visits().getFirst().awaitEnd();
            assertThat(visit.serverName()).contains("_odd.mx.example.com");
            assertThat(visit.tls()).contains(new Visit.Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384"));
            assertThat(visit.mails()).singleElement().matches(Mail::underTls);
            assertThat(visit.lines()).filteredOn(line -> !line.underTls()).hasSize(2);
        }
    }

    @Test
    void showsTheCertificateThatTheClientAskedFor() throws Exception {
        var other = CertificateMaker.host("other.example.com").make();
        var rsa = CertificateMaker.host("mx.example.com")
                .keys(KeyKind.RSA_2048.known())
                .make();
        try (var host = settings.showing(Identity.of(LEAF), Identity.of(rsa))
                .showingFor("other.example.com", Identity.of(other))
                .startTls(StartTls.only("TLSv1.2"))
                .start()) {
            assertThat(shownTo(host, "mx.example.com", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))
                    .isEqualTo(LEAF.parsed());
            assertThat(shownTo(host, "mx.example.com", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))
                    .isEqualTo(rsa.parsed());
            assertThat(shownTo(host, "other.example.com", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))
                    .isEqualTo(other.parsed());
        }
    }

    private static Object shownTo(MailHost host, String name, String suite) throws IOException {
        try (var client = new Dialogue(host.address())) {
            client.secure(name, suite);
            return client.shown().getFirst();
        }
    }

    @Test
    void sendsOctetsThatAreNoCertificate() throws Exception {
        var garbled = Identity.of(LEAF).followedBy(new byte[] {1, 2, 3});
        try (var host = settings.showing(garbled).start();
                var client = new Dialogue(host.address())) {
            // The JDK reads the second certificate, and cannot.
            assertThatThrownBy(() -> client.secure("mx.example.com"))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("bad_certificate");
            // The client closes behind its alert, so that the host may see either.
            assertThat(host.visits().getFirst().awaitEnd().failure().orElseThrow())
                    .containsAnyOf("bad_certificate", "Broken pipe", "Connection reset");
        }
    }

    @Test
    void actsForOneRecipientAndOneTimeOnly() throws Exception {
        try (var host = settings.at(Stage.RCPT, "bob@", Act.say("550 5.1.1 no bob"))
                        .at(new MailHostSettings.Scene(Stage.END_OF_DATA, "", 1, 1, Act.say("451 4.3.0 later")))
                        .start();
                var client = new Dialogue(host.address())) {
            client.reply();
            client.ask("EHLO c");
            client.ask("MAIL FROM:<a@x>");
            assertThat(client.ask("RCPT TO:<Bob@x>")).isEqualTo("550 5.1.1 no bob");
            assertThat(client.ask("DATA")).startsWith("503");
            assertThat(client.ask("RCPT TO:<carol@x>")).startsWith("250");
            client.ask("DATA");
            assertThat(client.ask("x", ".")).isEqualTo("451 4.3.0 later");
            client.send("MAIL FROM:<a@x>", "RCPT TO:<carol@x>", "DATA", "x", ".");
            client.reply();
            client.reply();
            client.reply();
            assertThat(client.reply()).startsWith("250");
            assertThat(host.mails()).extracting(Mail::accepted).containsExactly(false, true);
            assertThat(host.mailCount()).isEqualTo(1);
        }
    }

    @Test
    void dropsAndStallsAnywhere() throws Exception {
        for (var stage : Stage.values()) {
            try (var host = settings.offering("CHUNKING")
                            .at(stage, Act.drop())
                            .showing(Identity.of(LEAF))
                            .start();
                    var client = new Dialogue(host.address())) {
                walk(client, stage);
                assertThat(client.reply()).as("after the drop at " + stage).isEmpty();
            }
        }
    }

    @Test
    void stallsAfterAnyOctet() throws Exception {
        try (var host = settings.at(Stage.EHLO, Act.stall(5)).start()) {
            var visit = stalledVisit(host);
            assertThat(visit.awaitEnd().lines()).extracting(Visit.Line::text).containsExactly("EHLO c");
        }
    }

    private static Visit stalledVisit(MailHost host) throws IOException {
        try (var client = new Dialogue(host.address())) {
            client.reply();
            client.send("EHLO c");
            assertThat(client.read(5)).isEqualTo("250-m");
            client.send("NOOP");
            return host.visits().getFirst();
        }
    }

    /// Leads the dialogue to `stage`, with all replies before it read.
    private static void walk(Dialogue client, Stage stage) throws IOException {
        switch (stage) {
            case GREETING -> {}
            case EHLO -> steps(client, 1, "EHLO c");
            case HELO -> steps(client, 1, "HELO c");
            case STARTTLS -> steps(client, 2, "EHLO c", "STARTTLS");
            case MAIL -> steps(client, 2, "EHLO c", "MAIL FROM:<a@x>");
            case RCPT -> steps(client, 3, "EHLO c", "MAIL FROM:<a@x>", "RCPT TO:<b@x>");
            case DATA -> steps(client, 4, "EHLO c", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA");
            case BODY -> steps(client, 5, "EHLO c", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA", "line");
            case END_OF_DATA -> steps(client, 5, "EHLO c", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA", ".");
            case BDAT -> steps(client, 4, "EHLO c", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "BDAT 0");
            case RSET -> steps(client, 1, "RSET");
            case NOOP -> steps(client, 1, "NOOP");
            case VRFY -> steps(client, 1, "VRFY x");
            case QUIT -> steps(client, 1, "QUIT");
        }
    }

    private static void steps(Dialogue client, int replies, String... lines) throws IOException {
        client.send(lines);
        for (int i = 0; i < replies; i++) {
            assertThat(client.reply()).isNotEmpty();
        }
    }

    @Test
    void injectsPlainTextBehindThe220() throws Exception {
        try (var host = settings.showing(Identity.of(LEAF))
                        .startTls(StartTls.injecting("250 2.0.0 injected"))
                        .start();
                var client = new Dialogue(host.address())) {
            client.reply();
            client.ask("EHLO c");
            assertThat(client.ask("STARTTLS")).startsWith("220");
            assertThat(client.reply()).isEqualTo("250 2.0.0 injected");
            client.shake("mx.example.com");
            assertThat(client.ask("NOOP")).isEqualTo("250 2.0.0 OK");
        }
    }

    @Test
    void breaksHandshakesInEveryWay() throws Exception {
        var offering = settings.showing(Identity.of(LEAF));
        for (var manner : new StartTls[] {new StartTls.Garbage(), new StartTls.Alerts(40), new StartTls.Closes()}) {
            try (var host = offering.startTls(manner).start();
                    var client = new Dialogue(host.address())) {
                assertThatThrownBy(() -> client.secure("mx.example.com"))
                        .as(manner.toString())
                        .isInstanceOf(IOException.class);
                assertThat(host.visits().getFirst().tls()).isEmpty();
            }
        }
    }

    @Test
    void speaksOldTlsOnly() throws Exception {
        try (var host = settings.showing(Identity.of(LEAF))
                        .startTls(StartTls.only("TLSv1"))
                        .start();
                var client = new Dialogue(host.address())) {
            assertThatThrownBy(() -> client.secure("mx.example.com", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void refusesStartTlsAfterHavingOfferedIt() throws Exception {
        try (var host = settings.showing(Identity.of(LEAF))
                        .at(Stage.STARTTLS, Act.say("454 4.7.0 not now"))
                        .start();
                var client = new Dialogue(host.address())) {
            client.reply();
            assertThat(client.ask("EHLO c")).endsWith("STARTTLS");
            assertThat(client.ask("STARTTLS")).isEqualTo("454 4.7.0 not now");
            assertThat(client.ask("NOOP")).startsWith("250");
        }
    }
}
