package org.danelaw.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// What the system calls itself, for those who name no host name.
public final class SystemName {
    private static final Path KERNELS = Path.of("/proc/sys/kernel/hostname");

    private SystemName() {}

    /// Linux says it without a look-up of it, which is all that Java has: that would go by way of dnsjava, unvalidated.
    public static String current() {
        return in(KERNELS);
    }

    static String in(Path kernels) {
        try {
            return Files.readString(kernels).strip().toLowerCase(Locale.ROOT);
        } catch (IOException elsewhere) {
            return lookedUp();
        }
    }

    private static String lookedUp() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
