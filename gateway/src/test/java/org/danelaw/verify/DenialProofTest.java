package org.danelaw.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.danelaw.verify.DaneVerify.Depth;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is not there is proved as well as what is: the steps that `--json` names for an absence, over the lab's
/// realm.
class DenialProofTest {
    @TempDir
    static Path folder;

    private static World world;

    @BeforeAll
    static void start() throws IOException {
        world = World.ofDanelaw(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        world.close();
    }

    @Test
    void aSignedDomainWithoutTlsaRecordsNamesTheNsecRecordsThatDenyThem() {
        String owner = tlsaOwner("mx.no-tlsa.danelaw.");
        assertThat(proof("no-tlsa.danelaw"))
                .contains(signed("mx.no-tlsa.danelaw.", "NSEC"))
                .contains(denied(owner, "TLSA", "no-tlsa.danelaw.", "neither " + owner + " nor *.mx.no-tlsa.danelaw."));
    }

    @Test
    void aSignedDomainWithoutTlsaRecordsNamesTheNsec3RecordsThatDenyThem() {
        String owner = tlsaOwner("mx.no-tlsa.mercia.");
        assertThat(proof("no-tlsa.mercia"))
                .containsPattern(
                        signed("[0-9a-v]{32}\\.no-tlsa\\.mercia\\.", "NSEC3").replace("{\"", "\\{\""))
                .contains(denied(owner, "TLSA", "no-tlsa.mercia.", "neither " + owner + " nor *.mx.no-tlsa.mercia."));
    }

    @Test
    void anAddressFamilyThatIsNotThereIsDenied() {
        assertThat(proof("no-tlsa.danelaw"))
                .contains(denied("mx.no-tlsa.danelaw.", "AAAA", "no-tlsa.danelaw.", "mx.no-tlsa.danelaw. has no AAAA"));
    }

    @Test
    void aNullMxNamesTheSignatureOverIt() {
        assertThat(proof("null-mx.danelaw")).contains(signed("null-mx.danelaw.", "MX"));
    }

    @Test
    void aDomainThatDoesNotExistIsDeniedByTheZoneAboveIt() {
        assertThat(proof("no-such-domain.mercia"))
                .contains(denied("no-such-domain.mercia.", "MX", "mercia.", "neither no-such-domain.mercia. nor"));
    }

    @Test
    void anAbsenceThatProvesNothingSaysWhy() {
        assertThat(proof("too-many-iterations.danelaw"))
                .contains("{\"step\":\"not-denied\",\"name\":\"" + tlsaOwner("mx.too-many-iterations.danelaw.")
                        + "\",\"type\":\"TLSA\",\"zone\":\"too-many-iterations.danelaw.\",\"why\":"
                        + "\"the NSEC3 records of too-many-iterations.danelaw. ask for 500 iterations, more than 100");
    }

    @Test
    void anAliasBeforeUnsignedAddressesNamesTheSignatureOverIt() {
        assertThat(proof("mx-alias-out.danelaw")).contains(signed("mx.mx-alias-out.danelaw.", "CNAME"));
    }

    private static String proof(String domain) {
        var json = JsonReport.of(world.verify(domain, "127.0.0.1", Depth.CERTIFICATES, line -> {}));
        return json.substring(json.indexOf("\"proof\":["));
    }

    private static String tlsaOwner(String host) {
        return "_" + world.realm().port() + "._tcp." + host;
    }

    private static String signed(String owner, String type) {
        return "{\"step\":\"signed\",\"owner\":\"" + owner + "\",\"type\":\"" + type + "\"";
    }

    private static String denied(String name, String type, String zone, String how) {
        return "{\"step\":\"denied\",\"name\":\"%s\",\"type\":\"%s\",\"zone\":\"%s\",\"how\":\"%s"
                .formatted(name, type, zone, how);
    }
}
