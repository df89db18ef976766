package org.danelaw.discovery;

import java.net.InetAddress;
import java.util.List;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dns.RecordSet;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Validated;
import org.danelaw.policy.AddressFamily;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.resolver.Resolver;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// Looks up a host's addresses of one family, and keeps where its aliases led.
record AddressLookup(Resolver resolver) {
    /// How many addresses of one family of a host are used; a set of more is cut, so that one host cannot
    /// keep a delivery busy for ever.
    static final int MAX_ADDRESSES = 32;

    Addresses of(Name host, AddressFamily family) {
        return switch (resolver.resolve(new Question(host, type(family)))) {
            case Validated.Secure<Answer>(var answer, var proof) ->
                new Addresses(host, answer.expanded(host), finding(answer, proof, AddressFinding.Secure::new));
            case Validated.Insecure<Answer>(var answer, var proof) ->
                new Addresses(host, answer.expanded(host), finding(answer, proof, AddressFinding.Insecure::new));
            case Validated.Bogus<Answer>(var reason) ->
                new Addresses(host, host, new AddressFinding.Failed(Trouble.BOGUS, reason));
            case Validated.Unavailable<Answer>(var reason) ->
                new Addresses(host, host, new AddressFinding.Failed(Trouble.UNAVAILABLE, reason));
        };
    }

    private static AddressFinding finding(Answer answer, Proof proof, Found found) {
        return switch (answer) {
            case Answer.Found(var set, var aliases) -> found.with(addresses(set), proof);
            case Answer.NoData _ -> new AddressFinding.None(proof);
            case Answer.NoSuchName _ -> new AddressFinding.None(proof);
        };
    }

    private static List<InetAddress> addresses(RecordSet set) {
        return set.records().stream()
                .limit(MAX_ADDRESSES)
                .map(record -> switch (record) {
                    case ARecord a -> a.getAddress();
                    case AAAARecord aaaa -> aaaa.getAddress();
                    default -> throw new IllegalArgumentException("not an address: " + record);
                })
                .toList();
    }

    private static int type(AddressFamily family) {
        return switch (family) {
            case IPV4 -> Type.A;
            case IPV6 -> Type.AAAA;
        };
    }

    /// The addresses of one family.
    ///
    /// @param expanded where the host's aliases lead; the host itself without an alias
    record Addresses(Name host, Name expanded, AddressFinding finding) {
        boolean isAlias() {
            return !expanded.equals(host);
        }

        /// Whether these say better than `other` which TLSA records count: a secure family before an
        /// insecure one, any before one without addresses.
        boolean leads(Addresses other) {
            return rank() >= other.rank();
        }

        private int rank() {
            return switch (finding) {
                case AddressFinding.Secure _ -> 2;
                case AddressFinding.Insecure _ -> 1;
                case AddressFinding.None _ -> 0;
                case AddressFinding.Failed _ -> 0;
            };
        }
    }

    @FunctionalInterface
    private interface Found {
        AddressFinding with(List<InetAddress> addresses, Proof proof);
    }
}
