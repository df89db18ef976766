package org.danelaw.lab.mailhost;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A host in a process of its own that takes all mail and forgets it: the far end of a benchmark, or of a demonstration
/// with `openssl s_client` and `swaks`.
///
/// `MailSink [--name NAME] [--address IP] [--port N] [--journal FILE]`: shows a new self-signed P-256 certificate,
/// prints `ready IP:PORT TLSA 3 1 1 HEX` once it listens, then a line `N messages N octets N connections` each second
/// in which something came, until it is killed. The journal gets a line for each message, at once: its hash, size,
/// sender and recipients.
public final class MailSink {
    private static final long REPORT_SECONDS = 1;

    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong octets = new AtomicLong();
    private final Consumer<Mail> journal;

    private MailSink(Consumer<Mail> journal) {
        this.journal = journal;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var options = Options.of(List.of(arguments));
        try (var journal = options.journal.isPresent()
                ? Files.newBufferedWriter(options.journal.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                : null) {
            new MailSink(journal == null ? _ -> {} : mail -> note(journal, mail)).serve(options);
        }
    }

    /// What the command line says.
    private record Options(String name, String address, int port, Optional<Path> journal) {
        static Options of(List<String> words) {
            var left = new ArrayList<>(words);
            var options = new Options("sink.example.com", "127.0.0.1", 0, Optional.empty());
            while (left.size() > 1) {
                options = options.with(left.removeFirst(), left.removeFirst());
            }
            if (!left.isEmpty()) {
                throw new IllegalArgumentException(left.getFirst() + " needs a value");
            }
            return options;
        }

        private Options with(String option, String value) {
            return switch (option) {
                case "--name" -> new Options(value, address, port, journal);
                case "--address" -> new Options(name, value, port, journal);
                case "--port" -> new Options(name, address, Integer.parseInt(value), journal);
                case "--journal" -> new Options(name, address, port, Optional.of(Path.of(value)));
                default -> throw new IllegalArgumentException("no such option: " + option);
            };
        }
    }

    private void serve(Options options) throws IOException, InterruptedException {
        var certificate = CertificateMaker.host(options.name).make();
        try (var host = MailHost.named(options.name)
                .on(InetAddress.getByName(options.address), options.port)
                .showing(Identity.of(certificate))
                .keeping(Keep.COUNTS)
                .telling(this::count)
                .start()) {
            System.out.println(
                    "ready " + host.ip().getHostAddress() + ":" + host.port() + " TLSA " + certificate.tlsa(3, 1, 1));
            report(host);
        }
    }

    private void count(Mail mail) {
        messages.incrementAndGet();
        octets.addAndGet(mail.size());
        journal.accept(mail);
    }

    private static void note(BufferedWriter journal, Mail mail) {
        synchronized (journal) {
            try {
                journal.write(mail.sha256() + " " + mail.size() + " <" + mail.sender() + "> "
                        + String.join(" ", mail.recipients()) + "\n");
                journal.flush();
            } catch (IOException full) {
                throw new IllegalStateException("the journal cannot be written", full);
            }
        }
    }

    @SuppressWarnings("resource")
    private void report(MailHost host) throws InterruptedException {
        var never = new CountDownLatch(1);
        long before = 0;
        while (!never.await(REPORT_SECONDS, TimeUnit.SECONDS)) {
            long now = messages.get();
            if (now != before) {
                System.out.println(now + " messages " + octets + " octets " + host.connectionCount() + " connections");
            }
            before = now;
        }
    }
}
