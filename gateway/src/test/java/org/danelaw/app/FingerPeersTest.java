package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.lab.peers.Unbound;
import org.danelaw.lab.realm.Domain;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.realm.Outcome;
import org.danelaw.lab.realm.Realm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `daneverify` beside Postfix' `posttls-finger -l dane-only`, which trusts a validating Unbound, on the hosts of the
/// realm: a connection that one calls proven, the other does too.
@Tag("peers")
class FingerPeersTest {
    /// Where the C library asks: port 53, always.
    private static final InetSocketAddress RESOLVER = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.213"), 53);

    @TempDir
    private Path folder;

    @Test
    @Timeout(900)
    void bothCallTheSameHostsProven() throws Exception {
        var realm = Realm.danelaw(Instant.now(), LiveRealm.freePort());
        var anchors =
                Files.writeString(folder.resolve("anchors"), realm.internet().anchorText());
        Files.writeString(folder.resolve("main.cf"), "inet_protocols = all\n");
        Files.writeString(
                folder.resolve("resolv.conf"),
                "nameserver " + RESOLVER.getAddress().getHostAddress() + "\noptions trust-ad\n");
        var judged = new ArrayList<String>();
        var differences = new ArrayList<String>();
        try (var live = LiveRealm.start(realm);
                var unbound = Unbound.running(
                        folder,
                        "unbound",
                        Unbound.Setup.forwarding(RESOLVER, live.resolver().address(), anchors))) {
            for (var domain : realm.domains().stream()
                    .filter(FingerPeersTest::isUpToTheHost)
                    .toList()) {
                var ours = daneverify(live, domain, anchors);
                var theirs = finger(domain, realm.port());
                judged.add(domain.mailName() + (ours ? " proven" : " not proven"));
                if (ours != theirs.contains("Verified TLS connection established")) {
                    differences.add(domain + ": daneverify says " + ours + ", posttls-finger\n" + theirs);
                }
            }
            assertThat(unbound.process().isAlive()).isTrue();
        }
        System.out.println(
                "daneverify and posttls-finger: " + judged.size() + " domains, " + differences.size() + " differences");
        assertThat(differences).isEmpty();
        assertThat(judged).anyMatch(line -> line.endsWith(" proven")).anyMatch(line -> line.endsWith(" not proven"));
    }

    /// `posttls-finger` looks at the first host that answers: of others than domains with one host it is no judge.
    private static boolean isUpToTheHost(Domain domain) {
        return domain.hosts().size() == 1
                && (domain.mandatory().outcome() == Outcome.AUTHENTICATED
                        || domain.mandatory().reason().equals("server certificate not trusted"));
    }

    private static boolean daneverify(LiveRealm live, Domain domain, Path anchors) {
        var resolver = live.resolver().address();
        var words = List.of(
                "daneverify",
                "--resolver",
                resolver.getAddress().getHostAddress() + ":" + resolver.getPort(),
                "--trust-anchor",
                anchors.toString(),
                "--port",
                Integer.toString(live.realm().port()),
                domain.mailName());
        var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var console = new Console(new BufferedReader(Reader.nullReader()), out, out);
        return new Main(Commands.all()).run(words, console) == ExitStatus.OK;
    }

    private String finger(Domain domain, int port) throws IOException {
        var builder = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"",
                        folder.resolve("resolv.conf").toString(),
                        "posttls-finger",
                        "-c",
                        "-l",
                        "dane-only",
                        "-L",
                        "summary,certmatch",
                        "-t",
                        "20",
                        domain.mailName() + ":" + port)
                .redirectErrorStream(true);
        builder.environment().put("MAIL_CONFIG", folder.toString());
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
