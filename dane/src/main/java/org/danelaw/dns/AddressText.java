package org.danelaw.dns;

import java.net.Inet6Address;
import java.net.InetAddress;

/// Writes addresses as people compare them: RFC 5952 for IPv6, where Java writes out every zero.
public final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /// The address without brackets, as `192.0.2.1` or `2001:db8::1`.
    public static String of(InetAddress address) {
        return address instanceof Inet6Address ? compressed(groups(address.getAddress())) : address.getHostAddress();
    }

    private static int[] groups(byte[] octets) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = ((octets[2 * i] & 0xff) << Byte.SIZE) | (octets[2 * i + 1] & 0xff);
        }
        return groups;
    }

    /// RFC 5952 section 4.2: the longest run of two or more zero groups, the first among equals, becomes `::`.
    private static String compressed(int[] groups) {
        int best = 0;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = zerosFrom(groups, i);
            if (run > length) {
                best = i;
                length = run;
            }
        }
        return length == 1
                ? joined(groups, 0, GROUPS)
                : joined(groups, 0, best) + "::" + joined(groups, best + length, GROUPS);
    }

    private static int zerosFrom(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static String joined(int[] groups, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
