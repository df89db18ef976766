package org.danelaw.app;

import org.danelaw.lab.realm.Ending;

/// How a message of the demo ended, or stands after its first attempt, as the gateway tells it.
///
/// @param reason in the few words of the gateway's log, why it was not delivered, or not authenticated; empty where it
/// was
/// @param sentence the same for people, as in a report to the sender; empty where there is no more to say
record Ended(Ending ending, String reason, String sentence) {}
