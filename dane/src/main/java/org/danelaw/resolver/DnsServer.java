package org.danelaw.resolver;

import java.net.InetSocketAddress;

/// A recursive name server that we may ask; lower priorities are asked first, equal ones in random order.
public record DnsServer(InetSocketAddress address, int priority) {
    public DnsServer {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(address + " is no address: a name server's name cannot be looked up");
        }
    }

    /// As `192.0.2.1:53` or `[2001:db8::1]:53`.
    @Override
    public String toString() {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
