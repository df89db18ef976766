package org.danelaw.tlsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.danelaw.lab.fuzz.Damaged;
import org.danelaw.lab.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

/// Records with any data beside good ones: none of them admits what a good one does not, or keeps a good DANE-EE record
/// from admitting its server.
class HostileRecordsTest {
    /// A set of records fills a message at most; each is held against sixteen certificates.
    private static final long MOST_OCTETS = 64L << 20;

    private static final Name OWNER = Name.fromConstantString("_25._tcp.mx.example.com.");

    @Test
    void noRecordMakesTheJudgementThrow() throws InterruptedException {
        var cases = CertificateCases.all().stream()
                .filter(each ->
                        each.identity().chain().size() <= 4 && !each.records().isEmpty())
                .toList();
        new Fuzz("fuzz-tlsa-records", MOST_OCTETS)
                .run(
                        random -> tried(cases.get(random.nextInt(cases.size())), random),
                        "admitted",
                        "denied",
                        "malformed",
                        "unusable");
    }

    private static String tried(CertificateCase good, RandomGenerator random) {
        var records = new ArrayList<TlsaRecord>();
        try {
            for (int count = 1 + random.nextInt(4); count > 0; count--) {
                records.add(read(octets(good, random)));
            }
        } catch (IOException malformed) {
            // As the whole message then is.
            return "malformed";
        }
        if (TlsaRecords.usable(records).isEmpty()) {
            return "unusable";
        }
        var alone = new TlsaRecords(records).admit(good.identity().chain(), good.references(), CertificateCases.NOW);
        return switch (alone) {
            case Admission.Admitted(var by, var _, var _) -> {
                assertThat(records).as("it is one of the records").contains(by);
                yield "admitted";
            }
            case Admission.Denied(var reasons) -> {
                assertThat(reasons).isNotEmpty();
                yield "denied";
            }
        };
    }

    /// A record's data: a good one's, damaged; or its numbers and anything.
    private static byte[] octets(CertificateCase good, RandomGenerator random) {
        var records = good.records();
        byte[] whole = data(records.get(random.nextInt(records.size())));
        if (random.nextInt(4) == 0) {
            var chain = good.identity().chain();
            // The whole certificate, where a digest stood.
            byte[] certificate = chain.get(random.nextInt(chain.size()));
            whole = data(new TlsaRecord(2 + random.nextInt(2), 0, 0, certificate));
        }
        byte[] damaged = random.nextInt(4) == 0 ? whole : Damaged.octets(whole, random);
        return damaged;
    }

    private static byte[] data(TlsaRecord record) {
        return HexFormat.of()
                .parseHex("%02x%02x%02x".formatted(record.usage(), record.selector(), record.matchingType())
                        + record.data());
    }

    /// Through the wire's form, as it comes.
    private static TlsaRecord read(byte[] octets) throws IOException {
        var wire = Record.newRecord(OWNER, Type.TLSA, DClass.IN, 300).toWire(1);
        var out = new ByteArrayOutputStream();
        // An empty record's wire form, but for the two octets that count its data.
        out.write(wire, 0, wire.length - 2);
        out.write(octets.length >> 8);
        out.write(octets.length);
        out.writeBytes(octets);
        var record = (TLSARecord) Record.fromWire(out.toByteArray(), Section.ANSWER);
        return new TlsaRecord(
                record.getCertificateUsage(),
                record.getSelector(),
                record.getMatchingType(),
                record.getCertificateAssociationData());
    }
}
