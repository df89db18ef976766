package org.danelaw.intake;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import org.danelaw.dns.AddressText;

/// A range of client addresses, written as an address or in CIDR form (RFC 4632, RFC 4291 section 2.3).
///
/// @param prefixLength how many leading bits of an address must be those of `base`
public record Network(InetAddress base, int prefixLength) {
    public Network {
        int bits = base.getAddress().length * Byte.SIZE;
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException("/" + prefixLength + " is no prefix length: it must be 0 to " + bits);
        }
        byte[] masked = masked(base.getAddress(), prefixLength);
        if (!Arrays.equals(masked, base.getAddress())) {
            throw new IllegalArgumentException(AddressText.of(base) + "/" + prefixLength
                    + " has bits set behind its prefix: did you mean " + literal(masked) + "/" + prefixLength + "?");
        }
    }

    /// The network of this prefix length that an address is in.
    static Network around(InetAddress address, int prefixLength) {
        return new Network(unscoped(masked(address.getAddress(), prefixLength)), prefixLength);
    }

    /// Reads `192.0.2.1`, `192.0.2.0/24`, `2001:db8::1` or `2001:db8::/32`.
    ///
    /// @throws IllegalArgumentException with a sentence, where the text is no network
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress base = address(slash < 0 ? text : text.substring(0, slash), text);
        int bits = base.getAddress().length * Byte.SIZE;
        return new Network(base, slash < 0 ? bits : prefixLength(text.substring(slash + 1), text));
    }

    /// Whether a client of this address is in the network; an IPv4 address never is in an IPv6 network.
    public boolean contains(InetAddress client) {
        byte[] address = client.getAddress();
        return address.length == base.getAddress().length
                && Arrays.equals(masked(address, prefixLength), base.getAddress());
    }

    @Override
    public String toString() {
        int bits = base.getAddress().length * Byte.SIZE;
        String address = AddressText.of(base);
        return prefixLength == bits ? address : address + "/" + prefixLength;
    }

    private static InetAddress address(String literal, String text) {
        try {
            // ofLiteral never asks DNS; a dotted form with fewer than four numbers is an accident, not an address.
            InetAddress address = InetAddress.ofLiteral(literal);
            if (address instanceof Inet4Address && !literal.contains(":") && literal.split("\\.", -1).length != 4) {
                throw new IllegalArgumentException();
            }
            return address;
        } catch (IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no network: write an IPv4 or IPv6 address, or one with /prefix-length",
                    notAnAddress);
        }
    }

    private static int prefixLength(String digits, String text) {
        if (!digits.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("'" + text + "' is no network: what follows the / must be a number");
        }
        return Integer.parseInt(digits);
    }

    private static byte[] masked(byte[] address, int prefixLength) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(prefixLength - (long) i * Byte.SIZE, 0, Byte.SIZE);
            masked[i] &= (byte) (0xff << (Byte.SIZE - kept));
        }
        return masked;
    }

    private static String literal(byte[] address) {
        return AddressText.of(unscoped(address));
    }

    private static InetAddress unscoped(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException("an address of " + address.length + " octets", impossible);
        }
    }
}
