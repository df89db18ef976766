package org.danelaw.verify;

import java.net.InetAddress;

/// One address of a host, dialled, and how that ended.
public record Attempt(InetAddress address, int port, Ending ending) {}
