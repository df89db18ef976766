package org.danelaw.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTextTest {
    @Test
    void aFailuresOwnWordsAreKept() {
        assertThat(FailureText.of(new IOException("Connection reset"))).isEqualTo("Connection reset");
    }

    @ParameterizedTest
    @MethodSource("wordless")
    void aFailureWithoutWordsIsNeverToldAsNull(IOException failed, String told) {
        assertThat(FailureText.of(failed)).isEqualTo(told);
    }

    static Stream<Arguments> wordless() {
        return Stream.of(
                Arguments.of(new EOFException(), "the other side closed the connection"),
                Arguments.of(new SocketTimeoutException(), "the other side did not answer in time"),
                Arguments.of(new ClosedChannelException(), "the connection was closed here"),
                Arguments.of(new AsynchronousCloseException(), "the connection was closed here"),
                Arguments.of(new PortUnreachableException(), "nobody listens there"),
                Arguments.of(new InterruptedIOException(), "an unexplained InterruptedIOException"),
                Arguments.of(new IOException(" "), "an unexplained IOException"));
    }

    @Test
    void whereTheWordsAreOnlyAFilesNameItIsSaidWhatIsTheMatterWithTheFile() {
        assertThat(FailureText.of(new NoSuchFileException("/etc/key.pem"))).isEqualTo("/etc/key.pem does not exist");
        assertThat(FailureText.of(new AccessDeniedException("/etc/key.pem")))
                .isEqualTo("/etc/key.pem may not be opened or written by this user");
    }
}
