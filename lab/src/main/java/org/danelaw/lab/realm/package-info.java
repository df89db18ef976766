/// The Danelaw itself: an internet of named domains, each of which shows a rule of RFC 7672 or its neighbours, with the
/// mail hosts that belong to it and the way that mail to it must end.
///
/// [Realm] has the zones, the hosts and the expected endings as data; [LiveRealm] serves them on loopback without root:
/// a resolver and all mail hosts. The domains stand, as zone text, in [SoundDomains] (DANE succeeds), [FallbackDomains]
/// (no DANE, and that is no fault), [MismatchedDomains] (the hosts do not prove themselves), [BrokenDomains] (look-ups
/// fail) and [BouncingDomains]. [Samples] has the small worlds of the described product's `daneverify` samples.
@org.jspecify.annotations.NullMarked
package org.danelaw.lab.realm;
