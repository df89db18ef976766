package org.danelaw.lab.mailhost;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// How a host is to behave: a value; every call returns a changed copy.
///
/// @param keywords what EHLO offers, STARTTLS aside
/// @param scenes what is done otherwise, the first that fits
/// @param listener hears of every message that came whole, in the connection's thread
public record MailHostSettings(
        String name,
        InetAddress address,
        int port,
        List<Identity> identities,
        Map<String, Identity> byServerName,
        StartTls startTls,
        List<String> keywords,
        List<Scene> scenes,
        Keep keep,
        Consumer<Mail> listener) {
    public MailHostSettings {
        identities = List.copyOf(identities);
        byServerName = Map.copyOf(byServerName);
        keywords = List.copyOf(keywords);
        scenes = List.copyOf(scenes);
    }

    /// What is done at a stage where the command contains `argument`, in any case of letters, from the `first`-th to
    /// the `last`-th time that this comes up in a connection, counted from 1.
    public record Scene(Stage stage, String argument, int first, int last, Act act) {}

    static MailHostSettings named(String name) {
        return new MailHostSettings(
                name,
                InetAddress.getLoopbackAddress(),
                0,
                List.of(),
                Map.of(),
                new StartTls.NotOffered(),
                List.of("PIPELINING", "SIZE 104857600", "8BITMIME", "ENHANCEDSTATUSCODES"),
                List.of(),
                Keep.HASHES,
                mail -> {});
    }

    /// Binds the port, 0 for a free one, and serves until the host is closed.
    public MailHost start() throws IOException {
        return MailHost.start(this);
    }

    public MailHostSettings on(InetAddress newAddress, int newPort) {
        return new MailHostSettings(
                name, newAddress, newPort, identities, byServerName, startTls, keywords, scenes, keep, listener);
    }

    /// Shows one of these, the first whose key suits the client: RSA and ECDSA side by side. Offers STARTTLS.
    public MailHostSettings showing(Identity... shown) {
        var offered = startTls instanceof StartTls.NotOffered ? StartTls.sound() : startTls;
        return new MailHostSettings(
                name, address, port, List.of(shown), byServerName, offered, keywords, scenes, keep, listener);
    }

    /// Shows this to clients that ask for `serverName`, and to no others.
    public MailHostSettings showingFor(String serverName, Identity shown) {
        var more = new HashMap<>(byServerName);
        more.put(serverName, shown);
        var offered = startTls instanceof StartTls.NotOffered ? StartTls.sound() : startTls;
        return new MailHostSettings(name, address, port, identities, more, offered, keywords, scenes, keep, listener);
    }

    public MailHostSettings startTls(StartTls manner) {
        return new MailHostSettings(
                name, address, port, identities, byServerName, manner, keywords, scenes, keep, listener);
    }

    /// What EHLO offers, besides STARTTLS, in place of PIPELINING, SIZE, 8BITMIME and ENHANCEDSTATUSCODES; CHUNKING and
    /// SMTPUTF8 work too.
    public MailHostSettings offering(String... offered) {
        return new MailHostSettings(
                name, address, port, identities, byServerName, startTls, List.of(offered), scenes, keep, listener);
    }

    public MailHostSettings at(Stage stage, Act act) {
        return at(stage, "", act);
    }

    /// Where the command contains `argument`: a recipient, say.
    public MailHostSettings at(Stage stage, String argument, Act act) {
        return at(new Scene(stage, argument, 1, Integer.MAX_VALUE, act));
    }

    public MailHostSettings at(Scene scene) {
        var more = new ArrayList<>(scenes);
        more.add(scene);
        return new MailHostSettings(
                name, address, port, identities, byServerName, startTls, keywords, more, keep, listener);
    }

    public MailHostSettings keeping(Keep what) {
        return new MailHostSettings(
                name, address, port, identities, byServerName, startTls, keywords, scenes, what, listener);
    }

    public MailHostSettings telling(Consumer<Mail> toldOf) {
        return new MailHostSettings(
                name, address, port, identities, byServerName, startTls, keywords, scenes, keep, toldOf);
    }
}
