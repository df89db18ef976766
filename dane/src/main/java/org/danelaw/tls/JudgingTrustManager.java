package org.danelaw.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.danelaw.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// Asks for the verdict in the one place where JSSE lets a client judge: behind the server's certificates
/// and before anything more is sent. Serves one handshake; JSSE adds no checks of its own to an extended
/// trust manager.
final class JudgingTrustManager extends X509ExtendedTrustManager {
    private final Function<List<byte[]>, Verdict> judge;
    private List<byte[]> chain = List.of();
    private Optional<Verdict> verdict = Optional.empty();

    JudgingTrustManager(Function<List<byte[]>, Verdict> judge) {
        this.judge = judge;
    }

    /// The certificates as they came; none before they came.
    List<byte[]> chain() {
        return chain;
    }

    /// Empty where the handshake did not come so far, or went without certificates.
    Optional<Verdict> verdict() {
        return verdict;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String keyExchange, @Nullable Socket socket)
            throws CertificateException {
        var octets = new ArrayList<byte[]>();
        for (var certificate : presented) {
            octets.add(certificate.getEncoded());
        }
        chain = octets;
        var judged = judge.apply(octets);
        verdict = Optional.of(judged);
        if (judged instanceof Verdict.Mismatched(var reasons)) {
            throw new CertificateException(String.join("; ", reasons));
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String keyExchange, @Nullable SSLEngine engine)
            throws CertificateException {
        throw notAsked();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String keyExchange) throws CertificateException {
        throw notAsked();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String keyType, @Nullable Socket socket)
            throws CertificateException {
        throw notAsked();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String keyType, @Nullable SSLEngine engine)
            throws CertificateException {
        throw notAsked();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String keyType) throws CertificateException {
        throw notAsked();
    }

    private static CertificateException notAsked() {
        return new CertificateException("only servers behind sockets are judged here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
