/// Sound DANE for mail, for any program: DNSSEC validation of its own, TLSA records, and what RFC 7672 makes
/// of them.
module org.danelaw.dane {
    requires org.bouncycastle.provider;
    requires org.dnsjava;
    requires static org.jspecify;

    exports org.danelaw.dane;
}
