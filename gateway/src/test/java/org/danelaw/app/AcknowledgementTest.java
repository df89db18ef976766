package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgementTest {
    private static final String CLIENT = "9<TCPv6:[[::ffff:127.0.0.1]:2525->[::ffff:127.0.0.1]:40000]>";

    @Test
    void aSyncBetweenTheDotAndThe250MakesItTrue() {
        var told = told("""
                10 5.000000 read(%1$s, "Body\\r\\n.\\r\\n", 8192) = 9 <0.000010>
                11 5.001000 fdatasync(20</spool/queue.sqlite-wal>) = 0 <0.002000>
                10 5.004000 write(%1$s, "250 2.0.0 queued as 7\\r\\n", 23) = 23 <0.000020>
                """);
        assertThat(told).hasSize(1).first().matches(Acknowledgement::isTrue);
        assertThat(told.getFirst().inFile()).isFalse();
    }

    @Test
    void aSyncThatHadNotReturnedDoesNotCount() {
        assertThat(told("""
                10 5.000000 read(%1$s, "Body\\r\\n.\\r\\n", 8192) = 9 <0.000010>
                11 5.001000 fdatasync(20</spool/queue.sqlite-wal> <unfinished ...>
                10 5.004000 write(%1$s, "250 2.0.0 queued as 7\\r\\n", 23) = 23 <0.000020>
                11 5.005000 <... fdatasync resumed>) = 0 <0.004000>
                """)).hasSize(1).noneMatch(Acknowledgement::isTrue);
    }

    @Test
    void aSyncThatBeganBeforeTheDotDoesNotCount() {
        assertThat(told("""
                11 5.000000 fdatasync(20</spool/queue.sqlite-wal> <unfinished ...>
                10 5.001000 recvfrom(%1$s, "Body\\r\\n.\\r\\n", 8192, 0, NULL, NULL) = 9 <0.000010>
                11 5.002000 <... fdatasync resumed>) = 0 <0.002000>
                10 5.004000 sendto(%1$s, "250 2.0.0 queued as 7\\r\\n", 23, 0, NULL, 0) = 23 <0.000020>
                """)).hasSize(1).noneMatch(Acknowledgement::isTrue);
    }

    @Test
    void aSyncThatFailedDoesNotCount() {
        assertThat(told("""
                10 5.000000 read(%1$s, "Body\\r\\n.\\r\\n", 8192) = 9 <0.000010>
                11 5.001000 fdatasync(20</spool/queue.sqlite-wal>) = -1 EIO (Input/output error) <0.002000>
                10 5.004000 write(%1$s, "250 2.0.0 queued as 7\\r\\n", 23) = 23 <0.000020>
                """)).hasSize(1).noneMatch(Acknowledgement::isTrue);
    }

    @Test
    void anEmptyReadIsNotTheDot() {
        assertThat(told("""
                10 5.000000 read(%1$s, "Body\\r\\n.\\r\\n", 8192) = 9 <0.000010>
                11 5.001000 fdatasync(20</spool/queue.sqlite-wal>) = 0 <0.002000>
                10 5.003500 read(%1$s, 0x7f0000, 8192) = -1 EAGAIN (Resource temporarily unavailable) <0.000010>
                10 5.004000 write(%1$s, "250 2.0.0 queued as 7\\r\\n", 23) = 23 <0.000020>
                """)).hasSize(1).allMatch(Acknowledgement::isTrue);
    }

    @Test
    void aBodyWithAFileOfItsOwnNeedsThatAndItsNameToo() {
        var recording = """
                10 4.900000 write(30</spool/bodies/7>, "Received: ...", 8192) = 8192 <0.000010>
                10 5.000000 read(%1$s, "Body\\r\\n.\\r\\n", 8192) = 9 <0.000010>
                12 5.000100 fsync(30</spool/bodies/7>) = 0 <0.000100>
                12 5.000300 fsync(31</spool/bodies>) = 0 <0.000100>
                11 5.001000 fdatasync(20</spool/queue.sqlite-wal>) = 0 <0.002000>
                10 5.004000 write(%1$s, "250 2.0.0 queued as 7\\r\\n", 23) = 23 <0.000020>
                """;
        assertThat(told(recording)).hasSize(1).allMatch(Acknowledgement::inFile).allMatch(Acknowledgement::isTrue);
        assertThat(told(recording.replace("fsync(31</spool/bodies>)", "fsync(31</spool>)")))
                .noneMatch(Acknowledgement::isTrue);
        assertThat(told(recording.replace("fsync(30</spool/bodies/7>)", "fsync(30</spool/bodies/8>)")))
                .noneMatch(Acknowledgement::isTrue);
    }

    private static List<Acknowledgement> told(String recording) {
        return Acknowledgement.in(
                SystemCall.read(recording.formatted(CLIENT).lines().toList()));
    }
}
