package org.danelaw.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.danelaw.lab.mailhost.Certified;

/// A certificate of the lab and its key as files, for programs that want them so.
record PemFiles(Path certificate, Path key) {
    static PemFiles write(Certified certified, Path folder, String name) throws IOException {
        return new PemFiles(
                Files.writeString(folder.resolve(name + ".crt"), pem("CERTIFICATE", certified.der())),
                Files.writeString(
                        folder.resolve(name + ".key"),
                        pem("PRIVATE KEY", certified.keys().getPrivate().getEncoded())));
    }

    private static String pem(String label, byte[] der) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }
}
