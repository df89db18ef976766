package org.danelaw.dnssec;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.danelaw.dns.RecordSet;
import org.danelaw.dns.SignedSet;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Has an Ed25519 key of a zone and signs whatever it is given: the mathematics hold, whatever else does not.
final class ZoneOwner {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Name ZONE = Name.fromConstantString("dane.example.");

    private final KeyPair pair;
    private final DNSKEYRecord dnskey;

    ZoneOwner() {
        this(257);
    }

    ZoneOwner(int flags) {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        dnskey = new DNSKEYRecord(ZONE, DClass.IN, 3600, flags, 3, 15, point);
    }

    DNSKEYRecord dnskey() {
        return dnskey;
    }

    DSRecord ds(int digest) {
        return new DSRecord(ZONE, DClass.IN, 3600, digest, dnskey);
    }

    ZoneKeys keys() {
        return ZoneKeys.of(ZONE, List.of(dnskey), Crypto.fastest());
    }

    /// What a signature says of itself.
    record Terms(Name owner, int covers, int algorithm, int labels, Name signer, int tag, Instant from, Instant to) {
        Terms withOwner(Name other) {
            return new Terms(other, covers, algorithm, labels, signer, tag, from, to);
        }

        Terms covering(int other) {
            return new Terms(owner, other, algorithm, labels, signer, tag, from, to);
        }

        Terms withAlgorithm(int other) {
            return new Terms(owner, covers, other, labels, signer, tag, from, to);
        }

        Terms withLabels(int other) {
            return new Terms(owner, covers, algorithm, other, signer, tag, from, to);
        }

        Terms signedBy(Name other) {
            return new Terms(owner, covers, algorithm, labels, other, tag, from, to);
        }

        Terms withTag(int other) {
            return new Terms(owner, covers, algorithm, labels, signer, other, from, to);
        }

        Terms between(Instant first, Instant last) {
            return new Terms(owner, covers, algorithm, labels, signer, tag, first, last);
        }
    }

    /// The terms of a good signature over the set, from a day ago to in a day.
    Terms terms(RecordSet set) {
        return new Terms(
                set.owner(),
                set.type(),
                15,
                set.owner().labels() - 1 - (set.owner().isWild() ? 1 : 0),
                ZONE,
                dnskey.getFootprint(),
                NOW.minus(Duration.ofDays(1)),
                NOW.plus(Duration.ofDays(1)));
    }

    SignedSet sign(RecordSet set) {
        return sign(set, terms(set));
    }

    SignedSet sign(RecordSet set, Terms terms) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(new CanonicalForm(set).signedOctets(signature(terms, new byte[0])));
            return new SignedSet(set, List.of(signature(terms, signer.sign())));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static RRSIGRecord signature(Terms terms, byte[] octets) {
        var counted = new RRSIGRecord(
                terms.owner(),
                DClass.IN,
                3600,
                terms.covers(),
                terms.algorithm(),
                3600,
                terms.to(),
                terms.from(),
                terms.tag(),
                terms.signer(),
                octets);
        // dnsjava counts the labels itself; the octet is the fourth of the data.
        byte[] data = counted.rdataToWireCanonical();
        data[3] = (byte) terms.labels();
        return (RRSIGRecord) Record.newRecord(terms.owner(), Type.RRSIG, DClass.IN, 3600, data);
    }
}
