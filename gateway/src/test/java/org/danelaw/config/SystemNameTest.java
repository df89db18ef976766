package org.danelaw.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemNameTest {
    @TempDir
    private Path folder;

    @Test
    void theKernelsWordIsTakenInLowerCase() throws IOException {
        var kernels = Files.writeString(folder.resolve("hostname"), "GW1.example\n");

        assertThat(SystemName.in(kernels)).isEqualTo("gw1.example");
    }

    @Test
    void whereTheKernelDoesNotSayTheNameIsLookedUp() {
        assertThat(SystemName.in(folder.resolve("missing"))).isNotBlank();
    }
}
