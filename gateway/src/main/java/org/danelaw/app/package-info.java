/// The program: its commands, and the parts put together by hand.
///
/// [Main] finds the command in [Commands] and lets it read its arguments by its own table of [Option]s; nothing here is
/// found by annotation or reflection, so that a command starts in the time that its work takes.
@org.jspecify.annotations.NullMarked
package org.danelaw.app;
