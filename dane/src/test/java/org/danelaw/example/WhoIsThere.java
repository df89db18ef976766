package org.danelaw.example;

import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import org.danelaw.dane.*;

public final class WhoIsThere {
    public static void main(String... arguments) throws IOException {
        ask(DaneSettings.asking(new InetSocketAddress(arguments[0], 53)), arguments[1], System.out);
    }

    static void ask(DaneSettings settings, String domain, PrintStream out) throws IOException {
        try (var dane = Dane.open(settings)) {
            switch (dane.plan(domain, DaneMode.OPPORTUNISTIC)) {
                case Obstacle why -> out.println(why);
                case MailPlan.Servers(var servers, var obstacles) -> {
                    obstacles.forEach(out::println);
                    servers.forEach(server -> out.println(server + ": " + visit(dane, server)));
                }
            }
        }
    }

    private static String visit(Dane dane, MailServer server) {
        try (var socket = new Socket(server.address(), server.port())) {
            var replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (var command : new String[] {"", "EHLO client.example\r\n", "STARTTLS\r\n"}) {
                socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
                while (String.valueOf(replies.readLine()).startsWith("-", 3)) {}
            }
            return switch (dane.secure(socket, server)) {
                case TlsFinding.Secured(var tls, var protocol, var cipher, var proof) -> protocol + ", " + proof;
                case Obstacle why -> why.toString();
            };
        } catch (IOException failed) {
            return failed.toString();
        }
    }
}
