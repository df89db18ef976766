package org.danelaw.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;

/// Writes signed zones for `ColdLookups`, in a process of their own so that signing warms up nothing there:
/// domains `c0.bench` to be measured, and as many `w0.bench` to warm up with.
///
/// Arguments: a directory, domains (2000).
final class BenchZones {
    private static final String SUFFIX = "zone";

    private BenchZones() {}

    public static void main(String[] args) throws IOException {
        int domains = args.length > 1 ? Integer.parseInt(args[1]) : 2000;
        var zones = new ArrayList<Zone>();
        for (String kind : List.of("w", "c")) {
            for (int i = 0; i < domains; i++) {
                zones.add(domain(kind + i + ".bench"));
            }
        }
        Internet.at(Instant.now(), zones).writeTo(Path.of(args[0]));
        System.out.println(zones.size() + " zones signed with P-256 in " + args[0]);
    }

    static Zone cold(int i) {
        return domain("c" + i + ".bench");
    }

    private static Zone domain(String name) {
        return Zone.named(name).with("""
                @             MX   10 mail
                mail          A    192.0.2.1
                mail          AAAA 2001:db8::1
                _25._tcp.mail TLSA 3 1 1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
                """);
    }

    /// Origin to master file, as NSD wants them.
    static Map<String, Path> filesIn(Path directory) throws IOException {
        var files = new TreeMap<String, Path>();
        try (var entries = Files.newDirectoryStream(directory, "*." + SUFFIX)) {
            for (Path file : entries) {
                String name = file.getFileName().toString();
                String origin = name.substring(0, name.length() - SUFFIX.length());
                files.put(origin.equals("root.") ? "." : origin, file);
            }
        }
        return files;
    }

    static int domainsIn(Path directory) throws IOException {
        return (int) filesIn(directory).keySet().stream()
                .filter(origin -> origin.startsWith("c"))
                .count();
    }
}
