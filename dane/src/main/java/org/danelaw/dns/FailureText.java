package org.danelaw.dns;

import java.io.EOFException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/// What a failure says to people: its own words, or ours where the JDK gives it none.
public final class FailureText {
    private FailureText() {}

    /// Completes a sentence, as `Connection reset` does; never blank.
    public static String of(Throwable failed) {
        return switch (failed) {
            // Of these the message is the file's name and no more.
            case NoSuchFileException none -> none.getFile() + " does not exist";
            case AccessDeniedException denied -> denied.getFile() + " may not be opened or written by this user";
            case PortUnreachableException closed -> "nobody listens there";
            default -> {
                String message = failed.getMessage();
                yield message == null || message.isBlank() ? wordless(failed) : message;
            }
        };
    }

    private static String wordless(Throwable failed) {
        return switch (failed) {
            case EOFException end -> "the other side closed the connection";
            case SocketTimeoutException late -> "the other side did not answer in time";
            case ClosedChannelException closed -> "the connection was closed here";
            default -> "an unexplained " + failed.getClass().getSimpleName();
        };
    }
}
