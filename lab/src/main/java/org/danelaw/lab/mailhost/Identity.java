package org.danelaw.lab.mailhost;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a host shows in a handshake: the octets of its certificates in the order in which they are sent, sound or not,
/// and the keys that it proves to have.
public record Identity(KeyPair keys, List<byte[]> chain) {
    public Identity {
        chain = List.copyOf(chain);
    }

    /// The certificate `leaf` with its keys, and others behind it.
    public static Identity of(Certified leaf, Certified... others) {
        return new Identity(
                leaf.keys(),
                Stream.concat(Stream.of(leaf), Stream.of(others))
                        .map(Certified::der)
                        .toList());
    }

    /// The same with these octets behind all others, whatever they are.
    public Identity followedBy(byte[]... octets) {
        var longer = new ArrayList<>(chain);
        longer.addAll(List.of(octets));
        return new Identity(keys, longer);
    }
}
