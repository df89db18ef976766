package org.danelaw.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/// What the system calls itself, for those who name no host name.
public final class SystemName {
    private SystemName() {}

    public static String current() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
