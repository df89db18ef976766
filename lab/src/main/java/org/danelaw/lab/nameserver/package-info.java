/// Name servers for the zones of `org.danelaw.lab.world`, authoritative and recursive, over UDP and TCP on loopback.
///
/// [Answers] says what a server answers, [NameServer] carries it over sockets, [QueryLog] tells what was asked: "0 TLSA
/// queries were sent" is an assertion about it. Port 0 takes a free port, so nothing here needs root.
///
/// ```
/// try (var server = NameServer.start(Answers.recursive(internet).but(Misconduct.stripDnssec()))) {
///     ask(server.address());
///     assertThat(server.queries().count("_25._tcp.mail.example", "TLSA")).isZero();
/// }
/// ```
@org.jspecify.annotations.NullMarked
package org.danelaw.lab.nameserver;
