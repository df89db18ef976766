package org.danelaw.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.danelaw.policy.MxHost;
import org.danelaw.verify.Judgement.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;

/// `tlsverify` over signed zones and real handshakes.
class TlsVerifyTest {
    @TempDir
    private static Path folder;

    private static World world;

    private final List<String> lines = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        world = World.ofDanelaw(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        world.close();
    }

    @Test
    void aCertificateFromATrustedAuthorityForTheHostPasses() {
        var outcome = look("dane-ta.danelaw", List.of(), root("mx.dane-ta.danelaw."));
        assertThat(outcome.result()).isEqualTo(Result.SUCCESS);
        assertThat(outcome.reasons()).isEmpty();
        assertThat(lines.getFirst()).startsWith("Connecting to ");
        assertThat(lines)
                .contains("Checking TLS connection.", "Certificate verification successful")
                .endsWith(
                        "TLS connection succeeded dane-ta.danelaw.",
                        "TLS SUCCESS for dane-ta.danelaw",
                        "TLS verification completed.");
    }

    @Test
    void whatDaneProvesIsNoneOfItsBusiness() {
        var outcome = look("dane-ee.danelaw", List.of(), root("mx.dane-ta.danelaw."));
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.reasons()).isNotEmpty().allMatch(reason -> reason.startsWith("mx.dane-ee.danelaw: "));
        assertThat(lines).anyMatch(line -> line.startsWith("Certificate verification failed: "));
        assertThat(lines).endsWith("TLS FAILED for dane-ee.danelaw", "TLS verification completed.");
    }

    @Test
    void aCertificateForAnotherNameFails() {
        var through = new MxHost(name("mx.dane-ta.danelaw."), 0);
        assertThat(look("dane-ta.danelaw", List.of(through), root("mx.dane-ta.danelaw."))
                        .result())
                .isEqualTo(Result.SUCCESS);
        var elsewhere = new MxHost(name("mx.dane-ta-by-domain.danelaw."), 0);
        assertThat(look("dane-ta.danelaw", List.of(elsewhere), root("mx.dane-ta-by-domain.danelaw."))
                        .result())
                .isEqualTo(Result.FAILED);
    }

    @Test
    void aHostThatCannotBeReachedProvesNothingEitherWay() {
        var closed = new MxHost(name("mx.dane-ta.danelaw."), 0, OptionalInt.of(1));
        var outcome = look("dane-ta.danelaw", List.of(closed), root("mx.dane-ta.danelaw."));
        assertThat(outcome.result()).isEqualTo(Result.UNKNOWN);
        assertThat(outcome.reasons()).allMatch(reason -> reason.contains("no connection: "));
    }

    @Test
    void aDomainWithoutHostsSaysWhy() {
        var nullMx = look("null-mx.danelaw", List.of(), List.of());
        assertThat(nullMx.result()).isEqualTo(Result.FAILED);
        assertThat(nullMx.reasons()).hasSize(1);
        assertThat(lines).hasSize(3);
        assertThat(look("went-unsigned.danelaw", List.of(), List.of()).result())
                .as("a failed look-up is no absence")
                .isEqualTo(Result.UNKNOWN);
    }

    private TlsVerify.Outcome look(String domain, List<MxHost> through, List<X509Certificate> authorities) {
        lines.clear();
        return world.verifyTls(domain, through, authorities, lines::add);
    }

    /// The certificate at the end of the chain that a host shows.
    private static List<X509Certificate> root(String host) {
        var plan = world.realm().hosts().stream()
                .filter(each -> each.name().equals(name(host)))
                .findFirst()
                .orElseThrow();
        byte[] der =
                world.realm().settings(plan).identities().getFirst().chain().getLast();
        try {
            return List.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Name name(String text) {
        return Name.fromConstantString(text);
    }
}
