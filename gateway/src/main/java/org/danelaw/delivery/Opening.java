package org.danelaw.delivery;

/// What came of dialling one address.
sealed interface Opening {
    /// The host proved what it had to, and waits for mail.
    record Open(Connection connection) implements Opening {}

    /// It gets no mail, and why.
    record Shut(HostFailure why) implements Opening {}
}
