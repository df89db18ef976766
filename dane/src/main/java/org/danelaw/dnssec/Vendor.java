package org.danelaw.dnssec;

import java.security.Provider;
import java.security.Security;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// Who made the code that checks signatures. Checks of ECDSA P-256, the most common kind, in a second of one core, keys
/// imported each time: Corretto 21,000, Bouncy Castle 6,600, the JDK 1,700.
enum Vendor {
    /// Amazon Corretto Crypto Provider: native code, for some machines.
    CORRETTO {
        @Override
        Map<Algorithm, SignatureScheme> schemes() {
            return Corretto.SCHEMES;
        }
    },
    BOUNCY_CASTLE {
        @Override
        Map<Algorithm, SignatureScheme> schemes() {
            return BouncyCastle.SCHEMES;
        }
    },
    JDK {
        @Override
        Map<Algorithm, SignatureScheme> schemes() {
            return Jdk.SCHEMES;
        }
    };

    /// This vendor's way with each algorithm that it has one with. The first call loads its code.
    abstract Map<Algorithm, SignatureScheme> schemes();

    private static Map<Algorithm, SignatureScheme> of(Stream<Provider> providers) {
        var schemes = new EnumMap<Algorithm, SignatureScheme>(Algorithm.class);
        providers.forEach(provider -> {
            for (Algorithm algorithm : Algorithm.values()) {
                SignatureScheme.of(algorithm, provider).ifPresent(scheme -> schemes.putIfAbsent(algorithm, scheme));
            }
        });
        return Collections.unmodifiableMap(schemes);
    }

    private static final class Jdk {
        static final Map<Algorithm, SignatureScheme> SCHEMES =
                of(Stream.of("SunRsaSign", "SunEC").flatMap(name -> Stream.ofNullable(Security.getProvider(name))));
    }

    private static final class BouncyCastle {
        static final Map<Algorithm, SignatureScheme> SCHEMES = of(Stream.of(new BouncyCastleProvider()));
    }

    /// By its class's name: this module compiles and runs without it.
    private static final class Corretto {
        private static final String CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
        private static final String WITH_ED25519 = "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

        static final Map<Algorithm, SignatureScheme> SCHEMES = of(load().stream());

        private static Optional<Provider> load() {
            if (System.getProperty(WITH_ED25519) == null) {
                System.setProperty(WITH_ED25519, "true");
            }
            try {
                Class<?> type = Class.forName(CLASS);
                Object provider = type.getField("INSTANCE").get(null);
                Object error = type.getMethod("getLoadingError").invoke(provider);
                return error == null ? Optional.of((Provider) provider) : Optional.empty();
            } catch (ReflectiveOperationException | LinkageError notHere) {
                // No such jar, or no native code in it for this machine: Bouncy Castle does its work.
                return Optional.empty();
            }
        }
    }
}
