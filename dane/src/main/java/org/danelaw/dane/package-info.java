/// Sound DANE for mail, for any program: DNSSEC validation of its own, TLSA records, and what RFC 7672
/// makes of them.
///
/// [org.danelaw.dane.Dane] is where to begin. Everything else that this module contains is its own business
/// and changes without notice.
@NullMarked
package org.danelaw.dane;

import org.jspecify.annotations.NullMarked;
