package org.danelaw.delivery;

/// What is known of a destination: whether sessions with it can be had.
public enum HostState {
    /// The last that was tried was had.
    UP,
    /// The last that was tried was not.
    DOWN,
    /// None was tried yet.
    UNKNOWN
}
