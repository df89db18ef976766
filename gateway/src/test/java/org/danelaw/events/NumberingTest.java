package org.danelaw.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NumberingTest {
    @TempDir
    private Path folder;

    @Test
    void numbersGoOnAfterAnOrderlyStopWithoutAGap() throws IOException {
        var first = numbering();
        assertThat(first.next()).isEqualTo(1);
        assertThat(first.next()).isEqualTo(2);
        first.close();

        assertThat(numbering().next()).isEqualTo(3);
    }

    @Test
    void noNumberComesAgainAfterACrash() throws IOException {
        var crashed = numbering();
        var highest = 0L;
        for (var i = 0; i < 25_000; i++) {
            highest = crashed.next();
        }
        assertThat(numbering().next()).isGreaterThan(highest);
    }

    @Test
    void numbersAreGivenEvenWhereTheFileCannotBeWritten() throws IOException {
        var numbering = Numbering.open(folder.resolve("no/such/folder/dcid"));

        assertThat(numbering.next()).isEqualTo(1);
        assertThat(numbering.next()).isEqualTo(2);
    }

    @Test
    void aFileWithoutANumberIsNamed() throws IOException {
        Files.writeString(folder.resolve("dcid"), "rubbish");

        assertThatThrownBy(this::numbering).isInstanceOf(IOException.class).hasMessageContaining("dcid");
    }

    private Numbering numbering() throws IOException {
        return Numbering.open(folder.resolve("dcid"));
    }
}
