package org.danelaw.lab.world;

/// How a query came in.
public enum Transport {
    UDP,
    TCP,
    /// By a call, without a socket.
    IN_PROCESS
}
