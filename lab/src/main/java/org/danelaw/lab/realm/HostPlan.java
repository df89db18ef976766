package org.danelaw.lab.realm;

import java.net.InetAddress;
import java.util.List;
import org.xbill.DNS.Name;

/// A mail host: what the DNS says of it and what it shows.
///
/// @param addresses where it can be reached; the DNS may know others, where nobody is
/// @param certificateName the name in its certificate, without the final dot
public record HostPlan(Name name, List<InetAddress> addresses, Showing showing, String certificateName) {
    public HostPlan {
        addresses = List.copyOf(addresses);
    }
}
