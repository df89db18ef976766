package org.danelaw.delivery;

import org.danelaw.tls.TlsConnector;

/// All of the outside world that delivery needs: the DNS, TCP and TLS.
public record Network(MailHosts hosts, Dialer dialer, TlsConnector tls) {}
