package org.danelaw.verify;

import org.danelaw.policy.DestinationRule;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.DestinationRule.IpPreference;
import org.danelaw.policy.DestinationRule.TlsSupport;

/// The destination controls that a domain is held against here: IPv4 first, as the samples of the command show.
final class Modes {
    /// What decides the verdict.
    static final DestinationRule MANDATORY = rule(TlsSupport.PREFERRED, DaneSupport.MANDATORY);

    /// DANE Support's middle setting, over the default TLS Support.
    static final DestinationRule OPPORTUNISTIC = rule(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC);

    /// What hosts are asked to prove here: their TLSA records, also behind an insecure MX, and any certificate where
    /// they have none, so that it can be shown.
    static final DestinationRule LOOK = rule(TlsSupport.REQUIRED, DaneSupport.OPPORTUNISTIC);

    /// What `tlsverify` holds hosts against: a certificate from a trusted authority, and no DANE.
    static final DestinationRule REQUIRED_VERIFY = rule(TlsSupport.REQUIRED_VERIFY, DaneSupport.NONE);

    private Modes() {}

    private static DestinationRule rule(TlsSupport tls, DaneSupport dane) {
        return new DestinationRule(tls, dane, InsecureMx.DANE, IpPreference.IPV4_PREFERRED);
    }
}
