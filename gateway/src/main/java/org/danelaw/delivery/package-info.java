/// Delivers queued mail: who goes next within the limits, one attempt after another, what became of it,
/// and the reports to the sender.
///
/// The way of one message: the spool hands it to the [org.danelaw.delivery.Dispatcher], which puts it
/// into the lane of its destination and policy and starts a session when the limits allow one. The
/// session asks the DNS where mail for the destination goes (RFC 7672 section 2.2), lets `policy`
/// decide what each host must prove, and walks through hosts and addresses until one proves it. Then
/// that connection carries mail of the same lane for as long as what was proved stays what is required
/// (rule D17). Each recipient gets an outcome; the outcome is settled in the spool; only then is the
/// mail out of the dispatcher's hands.
///
/// What is never done: no clear text to a host with usable TLSA records, and no bounce for anything
/// that somebody between us and the host could have forged: a failed look-up, a stripped STARTTLS, a
/// certificate (rules D13, D14).
@org.jspecify.annotations.NullMarked
package org.danelaw.delivery;
