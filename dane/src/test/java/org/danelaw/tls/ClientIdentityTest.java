package org.danelaw.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Certified;
import org.danelaw.lab.mailhost.KeyKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a host that asks for a client's certificate gets to see. The host here names authorities that are
/// none of the client's.
final class ClientIdentityTest {
    private static final Certified HOST =
            CertificateMaker.host("mx.example.com").make();
    private static final Certified OTHER =
            CertificateMaker.authority("Some Public CA").make();

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aHostThatAsksIsShownTheCertificate(String protocol) throws Exception {
        var own = CertificateMaker.host("gw.example.org").make();
        assertThat(seenOf(Optional.of(identity(own)), protocol)).contains(own.parsed());
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA_2048", "P256"})
    void keysOfEachCommonKindAreShown(KeyKind kind) throws Exception {
        var own = CertificateMaker.host("gw.example.org").key(kind).make();
        assertThat(seenOf(Optional.of(identity(own)), "TLSv1.3")).contains(own.parsed());
    }

    @Test
    void withoutOneNothingIsShownAndTheHandshakeSucceeds() throws Exception {
        assertThat(seenOf(Optional.empty(), "TLSv1.3")).isEmpty();
    }

    @Test
    void anIdentityHasACertificate() {
        assertThatThrownBy(() -> new ClientIdentity(List.of(), HOST.keys().getPrivate()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ClientIdentity identity(Certified own) throws Exception {
        return new ClientIdentity(List.of(own.parsed()), own.keys().getPrivate());
    }

    /// The client's certificate as a host sees it that asks for one.
    private static Optional<Certificate> seenOf(Optional<ClientIdentity> client, String protocol) throws Exception {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var host = new FutureTask<>(() -> accept(listening, protocol));
            Thread.ofVirtual().start(host);
            var connector = new JsseTlsConnector(AfterThe220.NO_AUTHORITIES, AfterThe220.CLOCK, client);
            var plain = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
            var handshake = connector.secure(plain, AfterThe220.encrypted());
            assertThat(handshake).isInstanceOf(Handshake.Secured.class);
            try (var socket = ((Handshake.Secured) handshake).socket()) {
                // The host's word comes after it has seen the client's last flight.
                assertThat(socket.getInputStream().read()).isEqualTo('!');
            }
            return host.get();
        }
    }

    private static Optional<Certificate> accept(ServerSocket listening, String protocol) throws Exception {
        try (var plain = listening.accept();
                var secured = (SSLSocket) context().getSocketFactory().createSocket(plain, null, true)) {
            secured.setEnabledProtocols(new String[] {protocol});
            secured.setWantClientAuth(true);
            secured.startHandshake();
            secured.getOutputStream().write('!');
            return peer(secured);
        }
    }

    private static Optional<Certificate> peer(SSLSocket secured) {
        try {
            return Optional.of(secured.getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException nothingShown) {
            return Optional.empty();
        }
    }

    private static SSLContext context() throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("host", HOST.keys().getPrivate(), new char[0], new Certificate[] {HOST.parsed()});
        var managers = KeyManagerFactory.getInstance("PKIX", "SunJSSE");
        managers.init(keys, new char[0]);
        var context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(managers.getKeyManagers(), new TrustManager[] {new TakesAll()}, null);
        return context;
    }

    private static final class TakesAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            try {
                return new X509Certificate[] {OTHER.parsed()};
            } catch (CertificateException broken) {
                throw new IllegalStateException(broken);
            }
        }
    }
}
