package org.danelaw.policy;

import org.xbill.DNS.Name;

/// The name whose MX records say where mail goes; its original and its fully expanded form differ where it is an alias
/// (rule B9).
public record NextHop(Name original, Name expanded) {}
