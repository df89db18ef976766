package org.danelaw.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;

/// Takes everybody's mail and keeps it in memory; a few names make it refuse.
final class MemoryReception implements Reception {
    static final long MAX_BYTES = 100_000;
    /// What is added to the header of a message for the recipient `undated` that has no Date.
    static final byte[] DATE = "Date: today\r\n".getBytes(StandardCharsets.US_ASCII);

    /// @param content its octets as ISO 8859-1
    record Taken(MailRequest request, List<Envelope.Recipient> recipients, String content, ContentFacts facts) {}

    final List<Taken> taken = new CopyOnWriteArrayList<>();
    final List<String> aborted = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();
    final List<Credentials> shown = new CopyOnWriteArrayList<>();
    final List<ClientFacts> clients = new CopyOnWriteArrayList<>();
    final List<String> tls = new CopyOnWriteArrayList<>();
    final List<MailRequest> begun = new CopyOnWriteArrayList<>();
    final List<String> closed = new CopyOnWriteArrayList<>();
    /// A message for the recipient `slow` is being stored, and will be when a test says so.
    final CountDownLatch storing = new CountDownLatch(1);

    final CountDownLatch mayStore = new CountDownLatch(1);
    private final Optional<SSLContext> context;
    private final Reply greeting;

    MemoryReception() {
        this(Optional.empty());
    }

    MemoryReception(Optional<SSLContext> context) {
        this(context, Reply.of(220, "gw.example ESMTP"));
    }

    MemoryReception(Optional<SSLContext> context, Reply greeting) {
        this.context = context;
        this.greeting = greeting;
    }

    @Override
    public Reply greeting() {
        return greeting;
    }

    @Override
    public Offer offer() {
        return new Offer("gw.example", MAX_BYTES, context, context.isPresent());
    }

    @Override
    public Authentication authenticate(Credentials credentials) {
        shown.add(credentials);
        return switch (credentials.password()) {
            case "secret" -> new Authentication.Granted(credentials.user());
            case "busy" -> new Authentication.Unavailable("try again later");
            default -> new Authentication.Denied(Optional.empty());
        };
    }

    @Override
    public Admission mail(MailRequest request, ClientFacts client) {
        clients.add(client);
        if (request.size().orElse(0) > MAX_BYTES) {
            return new Admission.Refused(Reply.of(552, "5.3.4 too large"));
        }
        return switch (request.sender().map(Address::localPart).orElse("")) {
            case "refused" -> new Admission.Refused(Reply.of(550, "5.7.1 not you"));
            case "too-fast" -> new Admission.Refused(Reply.of(450, "4.7.1 not so fast"));
            default -> new Admission.Admitted(new MemoryTransaction(request));
        };
    }

    @Override
    public void secured(SSLSession session) {
        tls.add("success");
    }

    @Override
    public void tlsFailed(String why) {
        tls.add("failed: " + why);
    }

    @Override
    public void refused(String command, Reply reply) {
        refused.add(command + " " + reply.code());
    }

    private final class MemoryTransaction implements Transaction {
        private final MailRequest request;
        private final List<Envelope.Recipient> recipients = new ArrayList<>();
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        MemoryTransaction(MailRequest request) {
            this.request = request;
            begun.add(request);
        }

        @Override
        public Reply recipient(Envelope.Recipient recipient) {
            if (recipient.address().localPart().equals("nobody")) {
                return Reply.of(550, "5.1.1 no such user");
            }
            recipients.add(recipient);
            return Reply.of(250, "2.1.5 ok");
        }

        @Override
        public OutputStream content() throws IOException {
            if (isFor("full-at-once")) {
                throw new IOException("full");
            }
            return isFor("full-later") ? new FullStream() : content;
        }

        @Override
        public byte[] missingFields(ContentFacts header) {
            return isFor("undated") && !header.dated() ? DATE : new byte[0];
        }

        private boolean isFor(String localPart) {
            return recipients.stream().anyMatch(to -> to.address().localPart().equals(localPart));
        }

        @Override
        public Reply cannotStore(IOException why) {
            return Reply.of(452, "4.3.1 " + why.getMessage());
        }

        @Override
        public Reply commit(ContentFacts facts) {
            if (isFor("full-at-last")) {
                return Reply.of(452, "4.3.1 full");
            }
            if (isFor("slow")) {
                storing.countDown();
                await(mayStore);
            }
            taken.add(new Taken(request, recipients, content.toString(StandardCharsets.ISO_8859_1), facts));
            return Reply.of(250, "2.0.0 taken");
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void abort(String why) {
            aborted.add(why);
        }

        @Override
        public void close() {
            closed.add("closed");
        }
    }

    /// A disk with room for one block.
    private static final class FullStream extends OutputStream {
        private int blocks;

        @Override
        public void write(int octet) {
            throw new UnsupportedOperationException("octet by octet");
        }

        @Override
        public void write(byte[] octets, int from, int length) throws IOException {
            if (blocks++ > 0) {
                throw new IOException("full");
            }
        }
    }
}
