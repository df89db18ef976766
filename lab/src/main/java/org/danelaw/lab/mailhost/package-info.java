/// SMTP servers on loopback that show any certificate and misbehave in any way that a test needs, and the authority
/// that
/// makes their certificates.
///
/// A host is set up as a value, started, and asked afterwards what it received:
///
/// ```
/// var root = CertificateMaker.authority("Lab Root").make();
/// var leaf = CertificateMaker.host("mx.example.com").by(root).make();
/// try (var host = MailHost.named("mx.example.com").showing(Identity.of(leaf, root))
///         .at(Stage.RCPT, "bob@", Act.say("550 5.1.1 no such user")).start()) {
///     // ... send mail to host.address() ...
///     host.visits().getFirst().mails();
/// }
/// ```
///
/// Whatever a real server would never do lives in [Act] (at a stage of the dialogue) and in [StartTls] (behind the
/// 220).
/// [MailSink] is a host in a process of its own, for benchmarks.
@org.jspecify.annotations.NullMarked
package org.danelaw.lab.mailhost;
