package org.danelaw.app;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.danelaw.config.ConfigFile;
import org.danelaw.config.Settings;
import org.danelaw.delivery.Dialer;
import org.danelaw.dns.Question;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.Events;
import org.danelaw.resolver.DnsResolver;
import org.danelaw.resolver.DnsServer;
import org.danelaw.resolver.DnsSettings;
import org.danelaw.resolver.ResolverEvents;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.SmtpClient;
import org.danelaw.smtp.SmtpTimeouts;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// Runs what the program does most, once, when it is packaged: the JVM notes which classes that takes and keeps them
/// loaded and linked in the AOT cache (JEP 483, JEP 514).
///
/// The [Laboratory] that it speaks with runs in a process of its own, so that none of its classes get into the cache.
final class Rehearsal {
    /// About two seconds' worth.
    private static final int LOOK_UPS = 500;

    private static final int MESSAGES = 500;
    private static final Letter LETTER = new Letter(
            "Subject: rehearsal\r\n\r\n" + "A line as long as lines in letters usually are, or so.\r\n".repeat(180));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Laboratory.Place lab;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private Rehearsal(Path folder, Laboratory.Place lab) {
        this.folder = folder;
        this.lab = lab;
    }

    /// Called with a folder to write in, and with what is rehearsed: the short `commands`, whose cache is mapped
    /// at each start and stays small, or the `gateway`.
    public static void main(String[] arguments) throws IOException {
        var folder = Files.createTempDirectory(Path.of(arguments[0]), "rehearsal");
        var process = laboratory(folder);
        try (var words = process.inputReader(StandardCharsets.UTF_8)) {
            var rehearsal = new Rehearsal(folder, Laboratory.Place.read(words));
            switch (arguments[1]) {
                case "commands" -> rehearsal.commands();
                case "gateway" -> rehearsal.gateway();
                default -> throw new IllegalArgumentException("nobody can rehearse " + arguments[1]);
            }
        } finally {
            process.destroy();
            deleteAll(folder);
        }
    }

    private void commands() {
        verify();
        verify("--json");
        verify("--explain");
    }

    private void gateway() throws IOException {
        lookUp();
        serve();
    }

    private static Process laboratory(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Laboratory.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void verify(String... form) {
        var words = new ArrayList<>(List.of(form));
        words.addAll(List.of(
                "--resolver",
                lab.resolver(),
                "--trust-anchor",
                folder.resolve("anchors").toString()));
        words.addAll(List.of("--port", lab.port(), lab.domain()));
        words.addFirst("daneverify");
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        var console = new Console(new BufferedReader(Reader.nullReader()), out, out);
        int exitStatus = new Main(Commands.all()).run(words, console);
        if (exitStatus != ExitStatus.OK) {
            throw new IllegalStateException(
                    "the rehearsal ended with " + exitStatus + ":\n" + said.toString(StandardCharsets.UTF_8));
        }
    }

    /// Asks for the same names until the JVM has seen which code a validator runs most: a gateway then compiles
    /// that soon after its start, and once (JEP 515).
    private void lookUp() throws IOException {
        int colon = lab.resolver().lastIndexOf(':');
        var server = new InetSocketAddress(
                InetAddress.ofLiteral(lab.resolver().substring(0, colon)),
                Integer.parseInt(lab.resolver().substring(colon + 1)));
        var settings = DnsSettings.of(List.of(new DnsServer(server, 1))).withTrustAnchors(folder.resolve("anchors"));
        var discovery = List.of(
                new Question(name("", lab), Type.MX),
                new Question(name("mx.", lab), Type.A),
                new Question(name("mx.", lab), Type.AAAA),
                new Question(name("_" + lab.port() + "._tcp.mx.", lab), Type.TLSA));
        try (var resolver = DnsResolver.start(settings, ResolverEvents.NONE)) {
            for (int i = 0; i < LOOK_UPS; i++) {
                discovery.forEach(resolver::resolve);
                resolver.flush();
            }
        }
    }

    private static Name name(String prefix, Laboratory.Place lab) {
        return Name.fromConstantString(prefix + lab.domain() + ".");
    }

    /// Takes mail in and delivers it, until the JVM has seen which code that runs most.
    private void serve() throws IOException {
        var file = Files.writeString(folder.resolve("gw.toml"), """
                [node]
                data-directory = "data"
                [dns]
                trust-anchor = "anchors"
                [[dns.resolver]]
                address = "%s"
                [[listener]]
                name = "rehearsal"
                address = "127.0.0.1:0"
                [[listener.sender-group]]
                name = "rehearsal"
                networks = ["127.0.0.1"]
                policy = "relayed"
                [mail-flow-policy.relayed]
                action = "relay"
                [destination-controls.default]
                dane = "mandatory"
                [delivery]
                port = %s
                """.formatted(lab.resolver(), lab.port()));
        switch (ConfigFile.read(file)) {
            case ConfigFile.Reading.Valid(var settings, var notes) -> serve(settings);
            case ConfigFile.Reading.Invalid(var problems) -> throw new IllegalStateException(problems.toString());
        }
    }

    private void serve(Settings settings) throws IOException {
        var left = new CountDownLatch(MESSAGES);
        Events counting = event -> {
            if (event instanceof DeliveryEvent.Delivered) {
                left.countDown();
            }
        };
        try (var gateway = Gateway.start(settings, Dialer::tcp, List.of(counting))) {
            var listener = gateway.addresses().values().iterator().next();
            try (var client =
                    SmtpClient.over(Dialer.tcp(listener, Optional.empty(), PATIENCE), SmtpTimeouts.RFC_5321)) {
                client.greeting();
                client.hello("rehearsal.example");
                for (int i = 0; i < MESSAGES; i++) {
                    LETTER.send(new Address("a", "rehearsal.example"), new Address("b", lab.domain()), client);
                }
                client.quit();
            }
            if (!left.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(left.getCount() + " messages were not delivered");
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var left = Files.walk(folder)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
