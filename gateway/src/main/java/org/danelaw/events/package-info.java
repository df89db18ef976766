/// What happened, told once: logs, metrics, reports and pages listen.
///
/// Whoever does something tells it as an [org.danelaw.events.Event], a value without words. Only here
/// does it become text: [org.danelaw.events.MailLog] has the line forms that mail administrators know
/// and grep for, and [org.danelaw.events.LogFile] writes them, from a thread of its own, so that a slow
/// disk never slows a delivery.
@org.jspecify.annotations.NullMarked
package org.danelaw.events;
