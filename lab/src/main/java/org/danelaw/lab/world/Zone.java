package org.danelaw.lab.world;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/// A zone before it is signed: its records, its keys, and what is to go wrong. Each method gives a changed copy.
///
/// What the text leaves out is filled in: an SOA record, an NS record and that name server's address. Zones below it
/// are
/// delegated by [Internet].
public final class Zone {
    private static final long DEFAULT_TTL = 3600;

    private final Name name;
    private final List<Record> records;
    private final Signatures signatures;
    private final List<UnaryOperator<SignedZone>> afterSigning;

    /// How a zone is signed.
    ///
    /// @param keys none in an unsigned zone
    /// @param digests the digest types of its DS records; none leaves it an island that nobody vouches for
    /// @param age how long before the instant of signing signatures begin
    /// @param life how long after it they end
    record Signatures(List<Key> keys, Denial denial, List<Integer> digests, Duration age, Duration life) {
        static final Signatures USUAL = new Signatures(
                List.of(Key.ksk(Algorithm.ECDSAP256SHA256), Key.zsk(Algorithm.ECDSAP256SHA256)),
                new Denial.Nsec(),
                List.of(2),
                Duration.ofDays(1),
                Duration.ofDays(30));

        Signatures {
            keys = List.copyOf(keys);
            digests = List.copyOf(digests);
        }

        Signatures by(List<Key> others) {
            return new Signatures(others, denial, digests, age, life);
        }

        Signatures denying(Denial other) {
            return new Signatures(keys, other, digests, age, life);
        }

        Signatures vouchedBy(List<Integer> others) {
            return new Signatures(keys, denial, others, age, life);
        }

        Signatures lasting(Duration before, Duration after) {
            return new Signatures(keys, denial, digests, before, after);
        }
    }

    private Zone(Name name, List<Record> records, Signatures signatures, List<UnaryOperator<SignedZone>> afterSigning) {
        this.name = name;
        this.records = List.copyOf(records);
        this.signatures = signatures;
        this.afterSigning = List.copyOf(afterSigning);
    }

    /// A zone signed with a P-256 key signing key and zone signing key, NSEC, and a SHA-256 DS record.
    public static Zone named(String name) {
        return named(name(name));
    }

    public static Zone named(Name name) {
        return new Zone(name, List.of(), Signatures.USUAL, List.of());
    }

    /// With these records too, in the form of RFC 1035 section 5; names without a final dot are below the zone's name.
    public Zone with(String zoneText) {
        return with(parsed(zoneText, name));
    }

    public Zone with(List<? extends Record> more) {
        return new Zone(name, joined(records, more), signatures, afterSigning);
    }

    /// With a key signing key and a zone signing key of this algorithm.
    public Zone signedWith(Algorithm algorithm) {
        return keys(Key.ksk(algorithm), Key.zsk(algorithm));
    }

    public Zone keys(Key... keys) {
        return signed(signatures.by(List.of(keys)));
    }

    public Zone unsigned() {
        return signed(signatures.by(List.of()).vouchedBy(List.of()));
    }

    /// Signed, but without a DS record in its parent: nobody vouches for it.
    public Zone island() {
        return signed(signatures.vouchedBy(List.of()));
    }

    /// With DS records of these digest types: 1 is SHA-1, 2 SHA-256, 4 SHA-384.
    public Zone digests(Integer... types) {
        return signed(signatures.vouchedBy(List.of(types)));
    }

    /// With NSEC3 as RFC 9276 section 3.1 wants it: no salt, no extra iterations, no opt-out.
    public Zone nsec3() {
        return nsec3(0, "");
    }

    public Zone nsec3(int iterations, String saltHex) {
        return signed(signatures.denying(new Denial.Nsec3(iterations, saltHex, false)));
    }

    /// NSEC3 that leaves out delegations without DS (RFC 5155 section 6).
    public Zone optOut() {
        return signed(signatures.denying(new Denial.Nsec3(0, "", true)));
    }

    /// Signed from so long before until so long after the instant of signing.
    public Zone lasting(Duration before, Duration after) {
        return signed(signatures.lasting(before, after));
    }

    /// With something wrong in it.
    public Zone but(Damage... damages) {
        var damaged = this;
        for (var damage : damages) {
            damaged = damage.to(damaged);
        }
        return damaged;
    }

    Zone signed(Signatures other) {
        return new Zone(name, records, other, afterSigning);
    }

    Zone afterSigning(UnaryOperator<SignedZone> change) {
        return new Zone(name, records, signatures, joined(afterSigning, List.of(change)));
    }

    public Name name() {
        return name;
    }

    List<Record> records() {
        return records;
    }

    Signatures signatures() {
        return signatures;
    }

    /// The zone with all its signatures, as if made at `at`.
    public SignedZone sign(Instant at) {
        var zone = ZoneSigner.sign(this, at);
        for (var change : afterSigning) {
            zone = change.apply(zone);
        }
        return zone;
    }

    static Name name(String text) {
        return Name.fromConstantString(text.endsWith(".") ? text : text + ".");
    }

    static List<Record> parsed(String text, Name origin) {
        var octets = text.getBytes(StandardCharsets.UTF_8);
        var parsed = new ArrayList<Record>();
        try (var master = new Master(new ByteArrayInputStream(octets), origin, DEFAULT_TTL)) {
            for (var record = next(master); record.isPresent(); record = next(master)) {
                parsed.add(record.get());
            }
        }
        return parsed;
    }

    private static Optional<Record> next(Master master) {
        try {
            return Optional.ofNullable(master.nextRecord());
        } catch (IOException e) {
            throw new IllegalArgumentException("the zone text cannot be read: " + e.getMessage(), e);
        }
    }

    private static <T> List<T> joined(List<? extends T> some, List<? extends T> more) {
        return Stream.<T>concat(some.stream(), more.stream()).toList();
    }
}
