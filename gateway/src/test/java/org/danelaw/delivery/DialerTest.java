package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxTrust;
import org.danelaw.smtp.SmtpTimeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The time for a connection, and that for a handshake over it.
@Timeout(60)
final class DialerTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    /// Connections that a listener with the shortest queue takes without accepting them, and more.
    private static final int MORE_THAN_FIT = 10;

    @TempDir
    private Path folder;

    @Test
    void aConnectionHasHalfAMinuteUnlessToldOtherwise() {
        assertThat(DeliverySettings.defaults("gw.example").connectTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void anAddressThatDoesNotAnswerIsGivenUpInTheTimeForAConnection() throws IOException {
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = (InetSocketAddress) full.getLocalSocketAddress();
            var open = new ArrayList<Socket>();
            assertThatThrownBy(() -> {
                        while (open.size() < MORE_THAN_FIT) {
                            open.add(Dialer.tcp(address, Optional.empty(), SHORT));
                        }
                    })
                    .isInstanceOf(SocketTimeoutException.class);
            for (var socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void aHandshakeMayBeSilentForAsLongAsACommandButNotForMoreThanHalfAMinute() throws IOException {
        assertThat(silence(Duration.ofSeconds(7))).containsExactly(7_000);
        assertThat(silence(Duration.ofMinutes(5))).containsExactly(30_000);
    }

    private List<Integer> silence(Duration command) throws IOException {
        var minutes = Duration.ofMinutes(5);
        var seen = new CopyOnWriteArrayList<Integer>();
        try (var peer = new Peer();
                var gateway = new Gateway(folder.resolve(command.toString()))) {
            gateway.rule(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC)
                    .timeouts(new SmtpTimeouts(minutes, command, minutes, minutes, minutes))
                    .tls((plain, requirement) -> {
                        seen.add(soTimeout(plain));
                        return Gateway.everythingMatches(plain, requirement);
                    })
                    .peer("198.51.100.1", peer)
                    .facts
                    .mx("two.example", MxTrust.SECURE, "mx.two.example")
                    .host("mx.two.example", "198.51.100.1", Facts.usable("mx.two.example"));
            gateway.put("b@two.example");
            gateway.start().awaitEmptySpool();
        }
        return seen;
    }

    private static int soTimeout(Socket socket) {
        try {
            return socket.getSoTimeout();
        } catch (IOException closed) {
            throw new IllegalStateException(closed);
        }
    }
}
