package org.danelaw.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CryptoTest {
    @ParameterizedTest
    @EnumSource
    void everyAlgorithmHasSomebodyToCheckIt(Algorithm algorithm) {
        for (Crypto crypto : List.of(Crypto.fastest(), Crypto.portable(), Crypto.soonest())) {
            assertThat(crypto.describe())
                    .containsPattern("(?m)^" + algorithm.number() + " " + algorithm + ": (?!nobody)");
        }
    }

    @Test
    void bouncyCastleComesBeforeTheJdkAndTheJdkIsNeverWithoutEd448() {
        assertThat(Crypto.portable().describe())
                .contains("13 ECDSAP256SHA256: BC, SunEC", "16 ED448: BC, SunEC", "8 RSASHA256: BC, SunRsaSign");
        assertThat(Crypto.soonest().describe()).contains("13 ECDSAP256SHA256: SunEC, BC");
    }

    /// The fall-back as it is on a machine for which there is no native code: the provider's class is not to be found.
    @Test
    void withoutTheNativeProviderTheFastestIsBouncyCastle() throws ReflectiveOperationException {
        var crypto = new WithoutCorretto().loadClass(Crypto.class.getName());
        Object fastest = crypto.getMethod("fastest").invoke(null);
        String described = (String) crypto.getMethod("describe").invoke(fastest);
        assertThat(described).isEqualTo(Crypto.portable().describe());
    }

    private static final class WithoutCorretto extends ClassLoader {
        WithoutCorretto() {
            super(CryptoTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.amazon.corretto.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("org.danelaw.dnssec.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] octets = java.util.Objects.requireNonNull(in).readAllBytes();
                return defineClass(name, octets, 0, octets.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    static Stream<Arguments> noKeys() {
        return Stream.of(
                Arguments.of(Algorithm.ECDSAP256SHA256, "", "nothing"),
                Arguments.of(Algorithm.ECDSAP256SHA256, "01".repeat(63), "too short"),
                Arguments.of(Algorithm.ECDSAP256SHA256, "01".repeat(65), "too long"),
                Arguments.of(Algorithm.ECDSAP256SHA256, "01".repeat(64), "a point that is not on the curve"),
                Arguments.of(Algorithm.ECDSAP256SHA256, "ff".repeat(64), "numbers beyond the field"),
                Arguments.of(Algorithm.ECDSAP384SHA384, "01".repeat(64), "the length of another curve"),
                Arguments.of(Algorithm.ED25519, "01".repeat(31), "too short"),
                Arguments.of(Algorithm.ED448, "01".repeat(56), "too short"),
                Arguments.of(Algorithm.RSASHA256, "", "nothing"),
                Arguments.of(Algorithm.RSASHA256, "03", "a length alone"),
                Arguments.of(Algorithm.RSASHA256, "03010001", "an exponent alone"),
                Arguments.of(Algorithm.RSASHA256, "000003", "a long length alone"),
                Arguments.of(Algorithm.RSASHA256, "00ffff" + "01".repeat(40), "a length beyond the end"),
                Arguments.of(Algorithm.RSASHA256, "0103" + "ff".repeat(63), "a modulus of 504 bits"),
                Arguments.of(Algorithm.RSASHA256, "0103" + "ff".repeat(513), "a modulus of 4104 bits"),
                Arguments.of(Algorithm.RSASHA256, "0101" + "ff".repeat(128), "the exponent 1"),
                Arguments.of(Algorithm.RSASHA256, "0104" + "ff".repeat(128), "an even exponent"),
                Arguments.of(Algorithm.RSASHA256, "09" + "ff".repeat(9) + "ff".repeat(128), "an exponent of 72 bits"));
    }

    @ParameterizedTest
    @MethodSource("noKeys")
    void whatHasNotTheShapeOfAKeyVerifiesNothing(Algorithm algorithm, String hex, String what) {
        byte[] field = HexFormat.of().parseHex(hex);
        for (Crypto crypto : List.of(Crypto.fastest(), Crypto.portable(), Crypto.soonest())) {
            boolean verifies = crypto.key(algorithm, field)
                    .map(key -> key.signed(new byte[10], new byte[64]))
                    .orElse(false);
            assertThat(verifies).as(what).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSignatureOfTheWrongLengthIsNoneAndNoException(Algorithm algorithm) {
        var keys = java.util.Map.of(
                Algorithm.ED25519,
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                Algorithm.RSASHA256,
                "0103" + "ff".repeat(128));
        String hex = keys.getOrDefault(algorithm, "");
        for (Crypto crypto : List.of(Crypto.fastest(), Crypto.portable(), Crypto.soonest())) {
            for (int length : new int[] {0, 1, 63, 64, 65, 128, 1000}) {
                assertThat(crypto.key(algorithm, HexFormat.of().parseHex(hex))
                                .map(key -> key.signed(new byte[10], new byte[length]))
                                .orElse(false))
                        .isFalse();
            }
        }
    }
}
