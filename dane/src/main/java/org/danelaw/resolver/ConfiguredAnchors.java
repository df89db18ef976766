package org.danelaw.resolver;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.dnssec.TrustAnchor;
import org.xbill.DNS.Name;

/// The trust anchors that we were given, by our release or by the operator.
record ConfiguredAnchors(Source source, List<TrustAnchor> anchors) {
    enum Source {
        BUILT_IN,
        FILE
    }

    /// @throws IOException as `FILE:LINE: text` for each problem of the file
    static ConfiguredAnchors read(Optional<Path> file) throws IOException {
        return file.isPresent()
                ? new ConfiguredAnchors(Source.FILE, AnchorFile.read(file.get()))
                : new ConfiguredAnchors(Source.BUILT_IN, BuiltInAnchors.ROOT);
    }

    Map<Name, List<TrustAnchor>> byZone() {
        return anchors.stream().collect(groupingBy(TrustAnchor::zone, LinkedHashMap::new, toList()));
    }

    /// A zone that every server must know, to probe it with: the root if it has an anchor.
    Name probeZone() {
        return anchors.stream()
                .map(TrustAnchor::zone)
                .min(java.util.Comparator.comparingInt(Name::labels))
                .orElse(Name.root);
    }

    /// Which anchors these are, as a word.
    String origin() {
        return source + ":" + AnchorState.digestOf(anchors);
    }
}
