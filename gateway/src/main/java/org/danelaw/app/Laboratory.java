package org.danelaw.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.realm.Realm;

/// A signed internet with mail hosts on loopback, in a process of its own, for benchmarks and for trying things out:
/// writes its trust anchors to `FOLDER/anchors`, says where its resolver and its mail hosts are, and runs until its
/// standard input ends.
final class Laboratory {
    /// A domain of it that can do DANE.
    private static final String DOMAIN = "dane-ee.danelaw";

    private Laboratory() {}

    /// What a laboratory says of itself, a line for each.
    record Place(String resolver, String port, String domain) {
        static Place read(BufferedReader words) throws IOException {
            return new Place(word("resolver ", words), word("port ", words), word("domain ", words));
        }

        private static String word(String what, BufferedReader words) throws IOException {
            String line = words.readLine();
            if (line == null || !line.startsWith(what)) {
                throw new IOException("the laboratory did not start: it said " + line);
            }
            return line.substring(what.length());
        }
    }

    public static void main(String[] folder) throws IOException {
        var realm = Realm.danelaw(Instant.now(), LiveRealm.freePort());
        Files.writeString(Path.of(folder[0], "anchors"), realm.internet().anchorText());
        try (var live = LiveRealm.start(realm)) {
            var resolver = live.resolver().address();
            System.out.println("resolver " + resolver.getAddress().getHostAddress() + ":" + resolver.getPort());
            System.out.println("port " + realm.port());
            System.out.println("domain " + DOMAIN);
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
