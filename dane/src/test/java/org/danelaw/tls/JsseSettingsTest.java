package org.danelaw.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Identity;
import org.junit.jupiter.api.Test;

final class JsseSettingsTest {
    @Test
    void oldTlsIsForOpportunisticConnectionsAloneAndNobodyElsesDefault() throws Exception {
        var identity = Identity.of(CertificateMaker.host("mx.example.com").make());
        try (var host = AfterThe220.host(identity, "TLSv1").start()) {
            var said = sayings(host.port());
            assertThat(said).hasSize(3);
            assertThat(said.getFirst()).isEqualTo("TLSv1");
            assertThat(said.get(1).split(" ")).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
            assertThat(said.getLast())
                    .contains("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
                    .doesNotContain("3DES", "TLS_RSA_", "anon");
        }
    }

    private static List<String> sayings(int port) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FreshProcess.class.getName(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
