package org.danelaw.app;

import java.util.Optional;

/// Which Danelaw this is.
final class Version {
    private Version() {}

    /// As the build wrote it into the jar; `development` outside of one.
    static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
