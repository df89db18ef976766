package org.danelaw.app;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.danelaw.lab.mailhost.Act;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Identity;
import org.danelaw.lab.mailhost.Keep;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.lab.mailhost.Stage;

/// A mail host of the lab in a process of its own, which takes all mail over STARTTLS and keeps nothing: so that its
/// work is not counted as that of whoever delivers to it.
final class LightSink implements Closeable {
    private static final Duration TICK = Duration.ofMillis(5);

    private final Process process;
    private final BufferedReader said;
    private final PrintStream words;
    private final String tlsa;

    private LightSink(Process process) throws IOException {
        this.process = process;
        said = process.inputReader();
        words = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        tlsa = hear();
    }

    /// What the sink has taken so far.
    ///
    /// @param cpu the processor time of its process
    record Taken(long messages, long connections, Duration cpu) {}

    /// @param lateness how long it waits before it takes a message
    static LightSink start(InetSocketAddress address, Duration lateness) throws IOException {
        return new LightSink(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LightSink.class.getName(),
                        address.getAddress().getHostAddress(),
                        Integer.toString(address.getPort()),
                        lateness.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private String hear() throws IOException {
        var line = said.readLine();
        if (line == null) {
            throw new IOException("the sink has ended");
        }
        return line;
    }

    /// A `3 1 1` record's data for the key of its certificate.
    String tlsa() {
        return tlsa;
    }

    /// Waits until it has taken so many messages in all.
    Taken awaitMessages(long count) throws IOException {
        return ask("messages " + count);
    }

    /// Waits until so many connections are open at once.
    Taken awaitOpen(long count) throws IOException {
        return ask("open " + count);
    }

    private Taken ask(String question) throws IOException {
        words.println(question);
        var answer = List.of(hear().split(" ", -1));
        return new Taken(
                Long.parseLong(answer.get(0)),
                Long.parseLong(answer.get(1)),
                process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO));
    }

    @Override
    public void close() {
        process.destroy();
    }

    /// The process: `<ip> <port> <lateness>`; answers questions until its standard input ends.
    public static void main(String... arguments) throws IOException, InterruptedException {
        var certificate = CertificateMaker.host("mx.sink.example").make();
        var settings = MailHost.named("mx.sink.example")
                .on(InetAddress.ofLiteral(arguments[0]), Integer.parseInt(arguments[1]))
                .showing(Identity.of(certificate))
                .keeping(Keep.COUNTS);
        var lateness = Duration.parse(arguments[2]);
        var late = lateness.isZero() ? settings : settings.at(Stage.END_OF_DATA, new Act.Late(lateness));
        try (var host = late.start();
                var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            System.out.println(certificate.tlsa(3, 1, 1));
            for (var question = questions.readLine(); question != null; question = questions.readLine()) {
                var words = question.split(" ", -1);
                while ((words[0].equals("open") ? host.openCount() : host.mailCount()) < Long.parseLong(words[1])) {
                    Thread.sleep(TICK);
                }
                System.out.println(host.mailCount() + " " + host.connectionCount());
            }
        }
    }
}
