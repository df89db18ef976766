package org.danelaw.lab.mailhost;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One connection's dialogue (RFC 5321), as far as a test needs a server: no limits, no time-outs, and every misdeed
/// that
/// the settings ask for.
final class Session {
    private static final Pattern PATH = Pattern.compile(
            "(?:FROM|TO):\\s*<((?:\"(?:[^\"\\\\]|\\\\.)*\"|[^>\"])*)>\\s*(.*)", Pattern.CASE_INSENSITIVE);

    private final MailHostSettings settings;
    private final TlsContexts tls;
    private final Visit visit;
    private final Consumer<Mail> received;
    private final Scenes scenes;
    private final Socket plain;
    private final List<String> recipients = new ArrayList<>();
    private Wire wire;
    private boolean underTls;
    private Optional<Sender> sender = Optional.empty();
    private Optional<Content> chunks = Optional.empty();

    /// What came of a command.
    private enum Effect {
        TAKEN,
        REFUSED,
        /// The connection is done for.
        OVER
    }

    private record Sender(String path, String parameters) {}

    Session(MailHostSettings settings, TlsContexts tls, Visit visit, Consumer<Mail> received, Socket plain)
            throws IOException {
        this.settings = settings;
        this.tls = tls;
        this.visit = visit;
        this.received = received;
        this.plain = plain;
        this.scenes = new Scenes(settings.scenes());
        this.wire = new Wire(plain);
    }

    void run() throws IOException {
        var effect = answer(Stage.GREETING, "", "220 " + settings.name() + " ESMTP");
        while (effect != Effect.OVER) {
            var line = wire.line();
            visit.heard(line, underTls);
            effect = obey(line);
        }
        wire.flush();
    }

    private Effect obey(String line) throws IOException {
        int blank = line.indexOf(' ');
        var verb = (blank < 0 ? line : line.substring(0, blank)).toUpperCase(Locale.ROOT);
        var argument = blank < 0 ? "" : line.substring(blank + 1);
        return switch (verb) {
            case "EHLO" -> hello(Stage.EHLO, argument, features());
            case "HELO" -> hello(Stage.HELO, argument, "250 " + settings.name());
            case "STARTTLS" -> startTls();
            case "MAIL" -> mail(argument);
            case "RCPT" -> recipient(argument);
            case "DATA" -> data(argument);
            case "BDAT" -> chunk(argument);
            case "RSET" -> reset();
            case "NOOP" -> answer(Stage.NOOP, argument, "250 2.0.0 OK");
            case "VRFY" -> answer(Stage.VRFY, argument, "252 2.5.0 send it and see");
            case "QUIT" -> quit();
            default -> say("500 5.5.1 no such command");
        };
    }

    private Effect hello(Stage stage, String argument, String good) throws IOException {
        forget();
        return answer(stage, argument, good);
    }

    private String features() {
        var lines = new ArrayList<String>();
        lines.add(settings.name());
        lines.addAll(settings.keywords());
        if (!underTls && !(settings.startTls() instanceof StartTls.NotOffered)) {
            lines.add("STARTTLS");
        }
        var last = lines.removeLast();
        var reply = new StringBuilder();
        lines.forEach(line -> reply.append("250-").append(line).append("\r\n"));
        return reply.append("250 ").append(last).toString();
    }

    private Effect mail(String argument) throws IOException {
        var path = PATH.matcher(argument);
        if (sender.isPresent() || !path.matches()) {
            return say(sender.isPresent() ? "503 5.5.1 one sender is enough" : "501 5.5.4 no path");
        }
        var effect = answer(Stage.MAIL, argument, "250 2.1.0 OK");
        if (effect == Effect.TAKEN) {
            sender = Optional.of(new Sender(group(path, 1), group(path, 2)));
        }
        return effect;
    }

    private Effect recipient(String argument) throws IOException {
        var path = PATH.matcher(argument);
        if (sender.isEmpty() || !path.matches()) {
            return say(sender.isEmpty() ? "503 5.5.1 MAIL first" : "501 5.5.4 no path");
        }
        var effect = answer(Stage.RCPT, argument, "250 2.1.5 OK");
        if (effect == Effect.TAKEN) {
            recipients.add(group(path, 1));
        }
        return effect;
    }

    private static String group(Matcher matcher, int number) {
        var found = matcher.group(number);
        return found == null ? "" : found;
    }

    private Effect data(String argument) throws IOException {
        if (recipients.isEmpty()) {
            return say("503 5.5.1 no valid recipients");
        }
        var effect = answer(Stage.DATA, argument, "354 go on");
        if (effect != Effect.TAKEN) {
            return effect;
        }
        var content = new Content(settings.keep() == Keep.CONTENTS);
        if (!content.readLine(wire)) {
            var midway = scenes.next(Stage.BODY, "");
            if (!(midway instanceof Act.Proceed) && act(midway, "") == Effect.OVER) {
                return Effect.OVER;
            }
            content.readRest(wire);
        }
        return endOfData(content);
    }

    private Effect chunk(String argument) throws IOException {
        var content = chunks.orElseGet(() -> new Content(settings.keep() == Keep.CONTENTS));
        chunks = Optional.of(content);
        var words = argument.split(" ", 2);
        // RFC 3030 section 2: the octets come whatever the reply will be.
        wire.copy(Long.parseLong(words[0]), content);
        if (recipients.isEmpty()) {
            return say("503 5.5.1 no valid recipients");
        }
        if (words.length == 2 && words[1].equalsIgnoreCase("LAST")) {
            return endOfData(content);
        }
        return answer(Stage.BDAT, argument, "250 2.0.0 " + words[0] + " octets");
    }

    private Effect endOfData(Content content) throws IOException {
        var from = sender.orElse(new Sender("", ""));
        var act = scenes.next(Stage.END_OF_DATA, from.path + " " + String.join(" ", recipients));
        var good = "250 2.0.0 taken";
        var reply = switch (act) {
            case Act.Say(var other) -> other;
            case Act.SayAndDrop(var other) -> other;
            case Act.Drop _, Act.Stall _ -> "";
            case Act.Proceed _, Act.Late _ -> good;
        };
        var mail = new Mail(
                from.path,
                from.parameters,
                recipients,
                underTls,
                content.size(),
                content.sha256Hex(),
                content.text(),
                reply);
        visit.took(mail);
        received.accept(mail);
        forget();
        return act(act, good);
    }

    private Effect reset() throws IOException {
        forget();
        return answer(Stage.RSET, "", "250 2.0.0 OK");
    }

    private Effect quit() throws IOException {
        answer(Stage.QUIT, "", "221 2.0.0 bye");
        return Effect.OVER;
    }

    private void forget() {
        sender = Optional.empty();
        recipients.clear();
        chunks = Optional.empty();
    }

    private Effect startTls() throws IOException {
        if (underTls || settings.startTls() instanceof StartTls.NotOffered) {
            return say("503 5.5.1 no STARTTLS here");
        }
        var injected = settings.startTls() instanceof StartTls.Shakes shakes ? shakes.injected() : "";
        var effect = answer(Stage.STARTTLS, "", "220 2.0.0 go on" + (injected.isEmpty() ? "" : "\r\n" + injected));
        if (effect != Effect.TAKEN) {
            return effect;
        }
        wire.flush();
        var handshake = new ServerHandshake(plain, tls, visit);
        return switch (settings.startTls()) {
            case StartTls.NotOffered _, StartTls.Closes _ -> Effect.OVER;
            case StartTls.Shakes shakes -> {
                wire = new Wire(handshake.shake(shakes, wire));
                underTls = true;
                forget();
                yield Effect.TAKEN;
            }
            case StartTls.Silent _ -> stall();
            case StartTls.Garbage _ -> {
                handshake.garbage();
                yield Effect.OVER;
            }
            case StartTls.Alerts(int description) -> {
                wire.read();
                handshake.alert(description);
                yield Effect.OVER;
            }
        };
    }

    private Effect answer(Stage stage, String argument, String good) throws IOException {
        return act(scenes.next(stage, argument), good);
    }

    private Effect act(Act act, String good) throws IOException {
        return switch (act) {
            case Act.Proceed _ -> say(good);
            case Act.Say(var reply) -> say(reply);
            case Act.SayAndDrop(var reply) -> {
                say(reply);
                yield Effect.OVER;
            }
            case Act.Drop _ -> Effect.OVER;
            case Act.Stall(int octets) -> {
                var line = bytes(good);
                wire.say(Arrays.copyOf(line, Math.min(octets, line.length)));
                yield stall();
            }
            case Act.Late(var by) -> {
                sleep(by);
                yield say(good);
            }
        };
    }

    private Effect stall() throws IOException {
        wire.drain();
        return Effect.OVER;
    }

    private Effect say(String reply) {
        wire.say(bytes(reply));
        return reply.startsWith("2") || reply.startsWith("3") ? Effect.TAKEN : Effect.REFUSED;
    }

    private static byte[] bytes(String reply) {
        return reply.isEmpty() ? new byte[0] : (reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void sleep(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
