package org.danelaw.policy;

import org.xbill.DNS.Name;

/// A host that an MX record names, or the domain itself where there is none (RFC 5321 section 5.1); lower preferences
/// are tried first.
public record MxHost(Name name, int preference) {}
