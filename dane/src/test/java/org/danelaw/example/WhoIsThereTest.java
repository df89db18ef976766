package org.danelaw.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.danelaw.dane.DaneSettings;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Identity;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program of the README, run in a laboratory's internet.
class WhoIsThereTest {
    @TempDir
    Path folder;

    @Test
    void theProgramTellsTheServerThatProvesItselfFromTheOneThatDoesNot() throws Exception {
        var certificate = CertificateMaker.bare("mx.example.org").make();
        try (var host = MailHost.named("mx.example.org")
                .showing(Identity.of(certificate))
                .start()) {
            var good = certificate.tlsa(3, 1, 1);
            assertThat(told(host, good))
                    .contains(
                            "mx.example.org [127.0.0.1]:" + host.port() + " AUTHENTICATED: TLSv1.3", "matches " + good);
            assertThat(told(host, "3 1 1 " + "00".repeat(32))).contains("4.7.5 server certificate not trusted");
        }
    }

    @Test
    void theReadmeShowsTheProgram() throws IOException {
        var program = Files.readString(Path.of("src", "test", "java", "org", "danelaw", "example", "WhoIsThere.java"));
        assertThat(Files.readString(Path.of("..", "README.md"))).contains("```java\n" + program + "```\n");
        assertThat(program.lines()).hasSizeLessThanOrEqualTo(40);
    }

    private String told(MailHost host, String tlsa) throws IOException {
        var internet = Internet.at(Instant.now(), Zone.named("example.org").with("""
                @ MX 10 mx
                mx A 127.0.0.1
                _%d._tcp.mx TLSA %s
                """.formatted(host.port(), tlsa)));
        var anchors = Files.writeString(folder.resolve("anchors"), internet.anchorText());
        try (var server = NameServer.start(Answers.recursive(internet))) {
            var settings =
                    DaneSettings.asking(server.address()).trusting(anchors).atPort(host.port());
            var said = new ByteArrayOutputStream();
            WhoIsThere.ask(settings, "example.org", new PrintStream(said, true, StandardCharsets.UTF_8));
            return said.toString(StandardCharsets.UTF_8);
        }
    }
}
