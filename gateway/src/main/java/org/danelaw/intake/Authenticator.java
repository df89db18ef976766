package org.danelaw.intake;

import java.util.Optional;
import org.danelaw.smtp.Credentials;
import org.danelaw.smtp.Reception.Authentication;

/// Finds out whether a client is who it says; may take a second, never throws, and never tells what a password was.
@FunctionalInterface
public interface Authenticator {
    /// Knows nobody.
    Authenticator NOBODY = credentials -> new Authentication.Denied(Optional.empty());

    Authentication check(Credentials credentials);
}
