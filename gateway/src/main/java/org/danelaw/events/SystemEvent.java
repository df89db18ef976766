package org.danelaw.events;

import java.time.Duration;
import java.util.List;

/// What happened to the gateway itself.
public sealed interface SystemEvent extends Event {
    /// All listeners accept.
    record Started(String version) implements SystemEvent {}

    /// The spool cannot write, and why; what is to be written waits or is refused, nothing is lost.
    record SpoolFailing(String why) implements SystemEvent {
        @Override
        public Level level() {
            return Level.CRITICAL;
        }
    }

    /// The spool writes again.
    record SpoolRecovered() implements SystemEvent {
        @Override
        public Level level() {
            return Level.WARNING;
        }
    }

    /// The spool was opened: what it holds, and what a crash had left behind and was swept away.
    record SpoolOpened(long messages, int orphansSwept) implements SystemEvent {}

    /// Whose code checks the signatures of which DNSSEC algorithm.
    record SignaturesChecked(String by) implements SystemEvent {}

    /// A resolver was found to do all that DNSSEC needs.
    record ResolverCapable(String resolver) implements SystemEvent {}

    /// A resolver answers and leaves out what DNSSEC needs; `what` completes a sentence that begins with
    /// it.
    record ResolverLacking(String resolver, String what) implements SystemEvent {
        @Override
        public Level level() {
            return Level.CRITICAL;
        }
    }

    /// A resolver does not answer; `why` completes a sentence that begins with it.
    record ResolverSilent(String resolver, String why) implements SystemEvent {
        @Override
        public Level level() {
            return Level.WARNING;
        }
    }

    /// A trust anchor's state changed, or its zone's keys could not be refreshed (RFC 5011): a sentence.
    record TrustAnchorsChanged(String change) implements SystemEvent {
        @Override
        public Level level() {
            return Level.WARNING;
        }
    }

    /// An operator gave a command that changes something.
    ///
    /// @param user the operating system's name for who gave it
    /// @param ended how it ended, in a word or a few
    record CommandGiven(String user, String command, String ended) implements SystemEvent {}

    /// The users' file has changed and was read.
    record UsersRead(String file, int users) implements SystemEvent {}

    /// The users' file has changed and has these problems, so the users are those of before.
    record UsersUnreadable(List<String> problems) implements SystemEvent {
        public UsersUnreadable {
            problems = List.copyOf(problems);
        }

        @Override
        public Level level() {
            return Level.WARNING;
        }
    }

    /// The wall clock was set while the gateway ran.
    ///
    /// @param forward by how much; negative where it was set back
    record ClockSet(Duration forward) implements SystemEvent {
        @Override
        public Level level() {
            return Level.WARNING;
        }
    }

    /// Something that no mail depends on does not work as it should: a sentence.
    record Impaired(String what) implements SystemEvent {
        @Override
        public Level level() {
            return Level.WARNING;
        }
    }

    /// An alert was given to somebody.
    ///
    /// @param how by what way, and to whom
    record AlertTold(String alert, String how) implements SystemEvent {}

    /// An alert could not be given to somebody, and is not tried again: `why` is a sentence without its full stop.
    record AlertLost(String alert, String why) implements SystemEvent {
        @Override
        public Level level() {
            return Level.WARNING;
        }
    }

    /// A log subscription could not keep up, and lost lines.
    record LogLinesDropped(String subscription, long count) implements SystemEvent {
        @Override
        public Level level() {
            return Level.WARNING;
        }
    }
}
