/// `daneverify`: whether Mandatory DANE would deliver to a domain now, and why.
///
/// [DaneVerify] gathers the same facts in the same order as delivery (MX, addresses, connection, TLSA, certificate) and
/// tells them line by line while it goes; they add up to a [Report]. What follows from them is pure: [Judgement] says
/// success, failed or unknown, [Forecast] what each DANE Support setting would do with mail now, both by the one
/// decision in `policy`. A report is printed as the lines of the [Transcript], as JSON ([JsonReport]), or with what is
/// wrong and what the other side must publish ([Explanation]).
@org.jspecify.annotations.NullMarked
package org.danelaw.verify;
