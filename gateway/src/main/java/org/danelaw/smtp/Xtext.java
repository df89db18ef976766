package org.danelaw.smtp;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The encoding of parameter values that may hold any printable text (RFC 3461 section 4).
public final class Xtext {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Xtext() {}

    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet > ' ' && octet <= '~' && octet != '+' && octet != '=') {
                encoded.append((char) octet);
            } else {
                encoded.append('+').append(HEX.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    /// Whether the text is in this encoding.
    public static boolean isXtext(String text) {
        return text.matches("(?:[!-*,-<>-~]|\\+[0-9A-F]{2})*");
    }

    /// What an encoded text stands for.
    ///
    /// @throws IllegalArgumentException where the text is not in this encoding
    public static String decode(String encoded) {
        if (!isXtext(encoded)) {
            throw new IllegalArgumentException("'" + encoded + "' is no xtext");
        }
        byte[] octets = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            octets[length++] = (byte) (c == '+' ? HexFormat.fromHexDigits(encoded, i + 1, i + 3) : c);
            i += c == '+' ? 2 : 0;
        }
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }
}
