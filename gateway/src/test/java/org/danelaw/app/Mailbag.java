package org.danelaw.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Gives a relay one small message for each recipient, by an SMTP of five commands.
record Mailbag(InetSocketAddress relay) {
    private static final String LETTER = "Subject: Is this really you?\r\n\r\nYours\r\n.";

    void send(List<String> recipients) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(relay);
            var replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            hear(replies);
            say("EHLO mail.inside.example", socket, replies);
            for (var recipient : recipients) {
                say("MAIL FROM:<you@hoster.danelaw>", socket, replies);
                say("RCPT TO:<" + recipient + ">", socket, replies);
                say("DATA", socket, replies);
                say(LETTER, socket, replies);
            }
            say("QUIT", socket, replies);
        }
    }

    private static void say(String line, Socket socket, BufferedReader replies) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        hear(replies);
    }

    private static void hear(BufferedReader replies) throws IOException {
        var reply = replies.readLine();
        while (reply != null && reply.length() > 3 && reply.charAt(3) == '-') {
            reply = replies.readLine();
        }
        if (reply == null || reply.charAt(0) > '3') {
            throw new IOException("the relay did not take it: " + reply);
        }
    }
}
