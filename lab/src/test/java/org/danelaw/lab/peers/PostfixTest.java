package org.danelaw.lab.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("peers")
class PostfixTest {
    @Test
    void aRelayDefersMailWhoseResolverIsDown(@TempDir Path directory) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        var listen = new InetSocketAddress("127.0.0.211", 10025);
        try (var postfix = Postfix.running(directory, Postfix.Setup.relay(listen, "127.0.0.253", "dane"))) {
            var source = new ProcessBuilder(
                            "smtp-source", "-f", "a@sender.example", "-t", "b@there.example", "inet:127.0.0.211:10025")
                    .inheritIO()
                    .start();
            assertThat(source.waitFor()).isZero();
            assertThat(deferred(postfix))
                    .hasValueSatisfying(line -> assertThat(line).contains("status=deferred"));
        }
    }

    private static Optional<String> deferred(Postfix postfix) throws Exception {
        var end = Instant.now().plusSeconds(60);
        while (Instant.now().isBefore(end)) {
            var line = postfix.log().stream()
                    .filter(text -> text.contains("status="))
                    .findFirst();
            if (line.isPresent()) {
                return line;
            }
            Thread.sleep(50);
        }
        return Optional.of(Map.of("log", postfix.log()).toString());
    }
}
