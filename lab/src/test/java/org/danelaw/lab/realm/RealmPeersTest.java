package org.danelaw.lab.realm;

import java.nio.file.Path;
import java.time.Instant;
import org.assertj.core.api.SoftAssertions;
import org.danelaw.lab.world.Judge.Ruling;
import org.danelaw.lab.world.UnboundJudge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("peers")
class RealmPeersTest {
    /// RFC 5011 section 2.1 lets a revoked key serve for nothing but its own revocation; Unbound heeds that in trust
    /// anchors
    /// only.
    private static final String KEYS_REVOKED = "keys-revoked.danelaw";

    @Test
    void unboundFindsEveryMxAsTrustworthyAsTheEndingSupposes(@TempDir Path directory) throws Exception {
        var realm = Realm.danelaw(Instant.now(), 25);
        var judged = new SoftAssertions();
        try (var unbound = UnboundJudge.over(realm.internet(), directory)) {
            for (var domain : realm.domains()) {
                if (domain.mailName().equals(KEYS_REVOKED)) {
                    continue;
                }
                var ruling = unbound.on(domain.name().toString(), "MX");
                var found = judged.assertThat(ruling).as(domain.toString());
                switch (domain.mandatory().reason()) {
                    case "domain lookup error" -> found.isEqualTo(Ruling.BOGUS);
                    case "destination without DNSSEC", "no such domain" -> found.isNotEqualTo(Ruling.BOGUS);
                    default -> found.isEqualTo(Ruling.SECURE);
                }
            }
        }
        judged.assertAll();
    }
}
