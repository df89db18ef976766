package org.danelaw.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;
import org.danelaw.smtp.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerIdentityTest {
    private static final TestIdentity EC = TestIdentity.ec();
    private static final TestIdentity RSA = TestIdentity.rsa();

    @TempDir
    private Path folder;

    @Test
    void keysAreReadInAllThreeOfTheirForms() throws Exception {
        Path ec = write("ec.pem", new JcaMiscPEMGenerator(EC.certificate()));
        Path rsa = write("rsa.pem", new JcaMiscPEMGenerator(RSA.certificate()));
        Path pkcs8 = write("pkcs8.pem", new JcaPKCS8Generator(EC.keys().getPrivate(), null));
        Path pkcs1 = write("pkcs1.pem", new JcaMiscPEMGenerator(RSA.keys().getPrivate()));
        assertThat(ServerIdentity.read(ec, pkcs8).key()).isEqualTo(EC.keys().getPrivate());
        assertThat(ServerIdentity.read(rsa, pkcs1).key()).isEqualTo(RSA.keys().getPrivate());
        assertThat(ServerIdentity.read(ec, sec1()).chain()).containsExactly(EC.certificate());
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsRefused() throws Exception {
        Path certificate = write("cert.pem", new JcaMiscPEMGenerator(EC.certificate()));
        for (TestIdentity other : new TestIdentity[] {TestIdentity.ec(), RSA}) {
            Path key = write("key.pem", new JcaPKCS8Generator(other.keys().getPrivate(), null));
            assertThatThrownBy(() -> ServerIdentity.read(certificate, key))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the key in " + key + " is not that of the first certificate in " + certificate);
        }
    }

    @Test
    void filesThatHoldSomethingElseAreNamed() throws Exception {
        Path certificate = write("cert.pem", new JcaMiscPEMGenerator(EC.certificate()));
        Path key = write("key.pem", new JcaPKCS8Generator(EC.keys().getPrivate(), null));
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "-----BEGIN CERTIFICATE-----\n!\n");
        Path broken = Files.writeString(
                folder.resolve("broken.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> ServerIdentity.read(certificate, broken)).hasMessageContaining("broken.pem");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> ServerIdentity.read(garbage, key)).hasMessageContaining("garbage.pem");
        assertThatThrownBy(() -> ServerIdentity.read(empty, key)).hasMessageContaining("empty.pem");
        assertThatThrownBy(() -> ServerIdentity.read(certificate, certificate)).hasMessageContaining("cert.pem");
        assertThatThrownBy(() -> ServerIdentity.read(certificate, empty)).hasMessageContaining("empty.pem");
        assertThatThrownBy(() -> ServerIdentity.read(certificate, folder.resolve("absent.pem")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("absent.pem");
        assertThatThrownBy(() -> ServerIdentity.read(certificate, write("locked.pem", encrypted())))
                .hasMessageContaining("locked.pem holds no unencrypted private key");
    }

    /// As `openssl ecparam -genkey` writes it: the curve first, then the key with its curve.
    private Path sec1() throws IOException {
        ECPrivateKey key = (ECPrivateKey) EC.keys().getPrivate();
        byte[] encoded = new org.bouncycastle.asn1.sec.ECPrivateKey(256, key.getS(), SECObjectIdentifiers.secp256r1)
                .getEncoded();
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            pem.writeObject(new PemObject("EC PARAMETERS", SECObjectIdentifiers.secp256r1.getEncoded()));
            pem.writeObject(new PemObject("EC PRIVATE KEY", encoded));
        }
        return Files.writeString(folder.resolve("sec1.pem"), text.toString());
    }

    private static PemObjectGenerator encrypted() throws Exception {
        return new JcaPKCS8Generator(
                EC.keys().getPrivate(),
                new org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                        .setPassword("x".toCharArray())
                        .setProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider())
                        .build());
    }

    private Path write(String name, PemObjectGenerator content) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            pem.writeObject(content);
        }
        return Files.writeString(folder.resolve(name), text.toString());
    }
}
