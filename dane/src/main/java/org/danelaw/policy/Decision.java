package org.danelaw.policy;

import org.xbill.DNS.Name;

/// The one decision that delivery, `daneverify`, dry run and pages share: from the operator's rule and what the DNS
/// says to what a host must prove. Total and pure.
@SuppressWarnings("DoNotCallSuggester")
public final class Decision {
    private Decision() {}

    /// What `host` must prove before it gets mail for `recipientDomain`.
    public static TlsRequirement require(
            DestinationRule rule, Name recipientDomain, Destination.Hosts destination, HostFinding host) {
        throw new IllegalStateException("unbuilt " + rule + recipientDomain + destination + host);
    }
}
