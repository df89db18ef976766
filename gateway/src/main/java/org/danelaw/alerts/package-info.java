/// What an administrator is told without asking: one alert for each destination and cause, not one for each message.
///
/// Events become facts ([Fact]), facts go into the [AlertBook], which alone decides what is told when; [AlertMail] and
/// [Webhook] tell it. Nothing of it outlives the process: after a restart an alert is raised anew when its cause is
/// met with again, and is over without a word if it is not.
@org.jspecify.annotations.NullMarked
package org.danelaw.alerts;
