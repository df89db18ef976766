package org.danelaw.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Gives a relay a message for each recipient over several connections, one transaction after the other, with the
/// envelope pipelined (RFC 2920): what Postfix's `smtp-source` does, to more than one domain.
///
/// @param octets the size of a message
record Injector(int connections, int octets) {
    /// Ends when the relay has taken all, or with the first refusal.
    void feed(InetSocketAddress relay, List<String> recipients) throws IOException, InterruptedException {
        var next = new AtomicInteger();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = java.util.stream.IntStream.range(0, connections)
                    .<Future<?>>mapToObj(_ -> clients.submit(() -> {
                        send(relay, recipients, next);
                        return null;
                    }))
                    .toList();
            for (var client : running) {
                client.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("the relay did not take all", failed.getCause());
        }
    }

    private void send(InetSocketAddress relay, List<String> recipients, AtomicInteger next) throws IOException {
        var message = message();
        try (var socket = new Socket(relay.getAddress(), relay.getPort())) {
            socket.setTcpNoDelay(true);
            var replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            hear(replies, 1);
            say(socket, "EHLO inside.example\r\n".getBytes(US_ASCII));
            hear(replies, 1);
            for (var index = next.getAndIncrement(); index < recipients.size(); index = next.getAndIncrement()) {
                var envelope = "MAIL FROM:<a@inside.example>\r\nRCPT TO:<" + recipients.get(index) + ">\r\nDATA\r\n";
                say(socket, envelope.getBytes(US_ASCII));
                hear(replies, 3);
                say(socket, message);
                hear(replies, 1);
            }
            say(socket, "QUIT\r\n".getBytes(US_ASCII));
            hear(replies, 1);
        }
    }

    private byte[] message() {
        var text = new StringBuilder("""
                From: a@inside.example
                Subject: a measured message
                Date: Tue, 24 Nov 2026 12:00:00 +0000
                Message-ID: <1@inside.example>

                """);
        while (text.length() < octets) {
            text.append("Nothing is written here but what is needed to fill a line of mail.\n");
        }
        return text.append(".\n").toString().replace("\n", "\r\n").getBytes(US_ASCII);
    }

    private static void say(Socket socket, byte[] words) throws IOException {
        socket.getOutputStream().write(words);
    }

    private static void hear(BufferedReader replies, int count) throws IOException {
        for (var heard = 0; heard < count; ) {
            var line = replies.readLine();
            if (line == null || line.charAt(0) > '3') {
                throw new IOException("the relay did not take it: " + line);
            }
            heard += line.length() > 3 && line.charAt(3) == '-' ? 0 : 1;
        }
    }
}
