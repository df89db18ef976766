package org.danelaw.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.danelaw.lab.realm.Realm;
import org.danelaw.lab.realm.Samples;
import org.danelaw.verify.DaneVerify.Depth;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The samples of the described product, to the letter, over signed zones and real handshakes.
class SamplesTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void theLinesAreThoseThatOperatorsKnow(
            String sample, String domain, String local, int exitStatus, Function<Instant, Realm> realm)
            throws IOException {
        var lines = new ArrayList<String>();
        try (var world = World.start(realm.apply(Instant.now()), folder)) {
            var report = world.verify(domain, local, Depth.VERDICT, lines::add);
            assertThat(report.judgement().result().exitStatus()).isEqualTo(exitStatus);
        }
        assertThat(lines).isEqualTo(lines(sample));
    }

    static Stream<Arguments> theLinesAreThoseThatOperatorsKnow() {
        return Stream.of(
                row("ietf-success", "ietf.org", "216.71.133.161", 0, Samples::ietf),
                row("ietf-bogus", "ietf.org", "216.71.133.161", 1, Samples::ietfBogus),
                row("cisco-insecure", "cisco.com", "216.71.133.161", 1, Samples::cisco),
                row("ietf-success-in-the-log", "ietf.org", "194.191.40.74", 0, Samples::ietfOverDhe),
                row("thinkbeyond-insecure", "thinkbeyond.ch", "194.191.40.74", 1, Samples::thinkbeyond));
    }

    private static Arguments row(
            String sample, String domain, String local, int exitStatus, Function<Instant, Realm> realm) {
        return Arguments.of(sample, domain, local, exitStatus, realm);
    }

    private static List<String> lines(String sample) throws IOException {
        try (var in = SamplesTest.class.getResourceAsStream("samples/" + sample + ".txt")) {
            assertThat(in).as(sample).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
