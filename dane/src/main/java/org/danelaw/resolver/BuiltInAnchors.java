package org.danelaw.resolver;

import java.util.List;
import org.danelaw.dnssec.TrustAnchor;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.utils.base16;

/// The trust anchors of the root, as IANA publishes them (RFC 9718, https://data.iana.org/root-anchors/).
///
/// Checked against the root's DNSKEY records in Debian's `dns-root-data` 2024071801, whose digests are these.
final class BuiltInAnchors {
    static final List<TrustAnchor> ROOT = List.of(
            // KSK-2017
            anchor(20326, "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D"),
            // KSK-2024, which signs from late 2026 on
            anchor(38696, "683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16"));

    private BuiltInAnchors() {}

    private static TrustAnchor anchor(int tag, String digest) {
        return new TrustAnchor.Digest(new DSRecord(
                Name.root,
                DClass.IN,
                0,
                tag,
                DNSSEC.Algorithm.RSASHA256,
                DNSSEC.Digest.SHA256,
                base16.fromString(digest)));
    }
}
