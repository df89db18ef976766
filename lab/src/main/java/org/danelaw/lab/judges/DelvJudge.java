package org.danelaw.lab.judges;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.danelaw.lab.world.Internet;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// What BIND's validator, as its tool `delv` runs it, says of an internet that is signed for the present.
public final class DelvJudge {
    private final InetSocketAddress recursive;
    private final Path anchors;

    private DelvJudge(InetSocketAddress recursive, Path anchors) {
        this.recursive = recursive;
        this.anchors = anchors;
    }

    /// Asks a server that answers for `internet`, and need not validate.
    ///
    /// @param directory takes the trust anchors
    public static DelvJudge before(Internet internet, InetSocketAddress recursive, Path directory) throws IOException {
        // As named.conf(5) has them; the lab's are DS records, `. <ttl> IN DS <tag> <algorithm> <digest type>
        // <digest>`.
        var text = internet.anchorText()
                .lines()
                .map(line -> line.split("\\s+", -1))
                .map(ds -> "  . static-ds %s %s %s \"%s\";%n".formatted(ds[4], ds[5], ds[6], ds[7]))
                .collect(Collectors.joining("", "trust-anchors {\n", "};\n"));
        return new DelvJudge(recursive, Files.writeString(directory.resolve("delv.keys"), text));
    }

    public Ruling on(Name name, int type) throws IOException {
        var delv = new ProcessBuilder(List.of(
                        "delv",
                        "@" + recursive.getAddress().getHostAddress(),
                        "-p",
                        Integer.toString(recursive.getPort()),
                        "-a",
                        anchors.toString(),
                        "+root=.",
                        "-q",
                        name.toString(),
                        "-t",
                        Type.string(type)))
                .redirectErrorStream(true)
                .start();
        try (var said = delv.inputReader()) {
            return ruling(said.lines().toList());
        }
    }

    /// Of a chain of aliases each link is judged in a line of its own; of an absence, `resolution failed: ncache` is
    /// said
    /// besides the judgement.
    private static Ruling ruling(List<String> said) {
        if (said.stream().anyMatch(line -> line.startsWith(";; resolution failed") && !line.contains("ncache"))) {
            return Ruling.BOGUS;
        }
        if (said.stream().anyMatch(line -> line.endsWith("unsigned answer"))) {
            return Ruling.INSECURE;
        }
        return said.stream().anyMatch(line -> line.endsWith("fully validated")) ? Ruling.SECURE : Ruling.BOGUS;
    }
}
