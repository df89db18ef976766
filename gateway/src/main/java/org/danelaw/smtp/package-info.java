/// The SMTP dialogue (RFC 5321), both sides, in plain blocking code: one virtual thread carries one connection, and a
/// method returns when its step of the dialogue is done.
///
/// Mail goes from a *client* to a *server*. The server greets (220); the client says EHLO and learns what the server
/// offers ([Capabilities]); then, message by message: MAIL names the sender, one RCPT each names a recipient, DATA asks
/// to send the content and is answered 354, and a line with a single dot ends it. Every command gets one [Reply]: a
/// code whose first digit says yes (2, 3), not now (4) or never (5), and a text for people. Who answers 250 to the dot
/// has taken over the responsibility for the message.
///
/// - [SmtpClient] speaks the client's side and gives back what the server said, as a [Transmission]; what it means for
///   the message is `delivery`'s to judge. An [java.io.IOException] means that the connection broke or that the peer
///   does not keep the protocol: never "yes" and never "no".
/// - [SmtpServer] speaks the server's side and asks its [Reception] whatever is not the protocol's to answer.
///
/// Both sides distrust the peer: every line, list and wait has a bound of its own in [SmtpLimits]; nothing that a
/// peer sent in clear text before TLS counts behind it (RFC 3207 section 4.2, CVE-2011-0411); and a message's lines
/// end in CRLF and nothing else, so that what one server takes for one message no other can take for two.
@org.jspecify.annotations.NullMarked
package org.danelaw.smtp;
