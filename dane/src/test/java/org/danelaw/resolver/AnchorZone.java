package org.danelaw.resolver;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.dns.Question;
import org.danelaw.dns.RecordSet;
import org.danelaw.dns.Reply;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.TrustAnchor;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DNSSEC.DNSSECException;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;

/// A root zone whose keys a test rolls: what is in its DNSKEY set and who signs that.
final class AnchorZone implements Upstream {
    static final Duration TTL = Duration.ofDays(2);
    static final Duration SIGNATURE_LIFE = Duration.ofDays(14);

    private final SettableClock clock;
    private List<RootKey> inSet = List.of();
    private List<RootKey> signers = List.of();
    private boolean silent;
    private int asked;

    AnchorZone(SettableClock clock) {
        this.clock = clock;
    }

    /// A key pair; revoked or not, it is the same pair.
    record RootKey(KeyPair pair, int flags) {
        static RootKey create() {
            try {
                var generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(256);
                return new RootKey(generator.generateKeyPair(), 257);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        RootKey revoked() {
            return new RootKey(pair, flags | DNSKEYRecord.Flags.REVOKE);
        }

        RootKey withoutSep() {
            return new RootKey(pair, flags & ~DNSKEYRecord.Flags.SEP_KEY);
        }

        DNSKEYRecord dnskey() {
            try {
                return new DNSKEYRecord(
                        Name.root,
                        DClass.IN,
                        TTL.toSeconds(),
                        flags,
                        DNSKEYRecord.Protocol.DNSSEC,
                        DNSSEC.Algorithm.ECDSAP256SHA256,
                        pair.getPublic());
            } catch (DNSSECException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        TrustAnchor anchor() {
            return new TrustAnchor.Key(dnskey());
        }

        TrustAnchor digest() {
            return new TrustAnchor.Digest(new DSRecord(Name.root, DClass.IN, 0, DNSSEC.Digest.SHA256, dnskey()));
        }
    }

    /// From now on the set holds these keys, and all of them sign it.
    void publish(RootKey... keys) {
        publish(List.of(keys), List.of(keys));
    }

    void publish(List<RootKey> keys, List<RootKey> signing) {
        inSet = List.copyOf(keys);
        signers = List.copyOf(signing);
        silent = false;
    }

    void fallSilent() {
        silent = true;
    }

    int asked() {
        return asked;
    }

    @Override
    public Asked ask(Question question, Manner manner) {
        asked++;
        if (silent) {
            return new Asked.Failed(new org.danelaw.dnssec.Reason(
                    "nobody answers", org.danelaw.dnssec.Reason.ExtendedError.NETWORK_ERROR));
        }
        return new Asked.Replied(new Reply(question, Rcode.NOERROR, List.of(signedSet()), List.of()), "the test");
    }

    private SignedSet signedSet() {
        List<DNSKEYRecord> records = inSet.stream().map(RootKey::dnskey).toList();
        var set = new RRset();
        records.forEach(set::addRR);
        var signatures = new ArrayList<RRSIGRecord>();
        for (RootKey key : signers) {
            signatures.add(sign(set, key));
        }
        return new SignedSet(
                new RecordSet(Name.root, org.xbill.DNS.Type.DNSKEY, 3600, List.copyOf(records)), signatures);
    }

    private RRSIGRecord sign(RRset set, RootKey key) {
        Instant now = clock.instant();
        try {
            return DNSSEC.sign(
                    set, key.dnskey(), key.pair.getPrivate(), now.minusSeconds(3600), now.plus(SIGNATURE_LIFE));
        } catch (DNSSECException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
