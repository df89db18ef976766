package org.danelaw.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    private Path folder;

    @Test
    void anotherTextTakesThePlaceOfTheOldOneAndNothingElseIsLeft() throws IOException {
        var file = Files.writeString(folder.resolve("a"), "old");
        assertThat(WholeFile.write(file, "new\n")).isEmpty();
        assertThat(file).hasContent("new\n");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void ownerAndModeStayAndANewFileIsForItsOwnerAlone() throws IOException {
        var file = folder.resolve("a");
        WholeFile.write(file, "x");
        assertThat(mode(file)).isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        WholeFile.write(file, "y");
        assertThat(mode(file)).isEqualTo("rw-r-----");
    }

    @Test
    void aLinkStaysALink() throws IOException {
        var file = Files.writeString(folder.resolve("real"), "old");
        var link = Files.createSymbolicLink(folder.resolve("link"), file);
        WholeFile.write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void whatCannotBeWrittenChangesNothing() throws IOException {
        var occupied = folder.resolve("a");
        Files.createDirectories(occupied.resolve("b"));
        assertThatThrownBy(() -> WholeFile.write(occupied, "x")).isInstanceOf(IOException.class);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(occupied);
        }
    }

    @Test
    void anInterruptedThreadWritesAllOrNothingAndStaysInterrupted() throws IOException {
        var file = Files.writeString(folder.resolve("a"), "old");
        var other = Files.writeString(folder.resolve("b"), "new");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> WholeFile.write(file, "x")).isInstanceOf(IOException.class);
            assertThat(file).hasContent("old");
            assertThat(WholeFile.move(other, file))
                    .as("once it has its name, it is seen through")
                    .isEmpty();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(file).hasContent("new");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
