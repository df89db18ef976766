package org.danelaw.dane;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the library shows to those who use it: little, explained, and nothing of its inside.
class FaceTest {
    private static final int MOST_TYPES = 15;
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path SOURCES = Path.of("src", "main", "java", "org", "danelaw", "dane");
    private static final Path EXAMPLE = Path.of("src", "test", "java", "org", "danelaw", "example", "WhoIsThere.java");

    @TempDir
    Path folder;

    @Test
    void theModuleExportsItsFaceAlone() throws IOException {
        try (var descriptor = Files.newInputStream(CLASSES.resolve("module-info.class"))) {
            assertThat(ModuleDescriptor.read(descriptor).exports())
                    .singleElement()
                    .satisfies(export -> {
                        assertThat(export.source()).isEqualTo("org.danelaw.dane");
                        assertThat(export.isQualified()).isFalse();
                    });
        }
    }

    @Test
    void theFaceIsSmall() {
        var shown = new ClassFileImporter()
                .importPath(CLASSES.resolve("org").resolve("danelaw").resolve("dane")).stream()
                        .filter(FaceTest::isShown)
                        .map(JavaClass::getName)
                        .toList();
        assertThat(shown).isNotEmpty().hasSizeLessThanOrEqualTo(MOST_TYPES);
    }

    private static boolean isShown(JavaClass each) {
        return each.getModifiers().contains(JavaModifier.PUBLIC)
                && each.getEnclosingClass().map(FaceTest::isShown).orElse(true);
    }

    @Test
    void theFaceIsExplainedWithoutAWarning() throws IOException {
        var arguments = new ArrayList<>(List.of(
                "-quiet",
                "-Xdoclint:all",
                "-Werror",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString()));
        try (Stream<Path> sources = Files.list(SOURCES)) {
            sources.map(Path::toString).forEach(arguments::add);
        }
        assertThat(run("javadoc", arguments)).isEmpty();
        assertThat(folder.resolve("org/danelaw/dane/Dane.html")).isNotEmptyFile();
    }

    @Test
    void aModuleThatReadsTheFaceNeedsNothingElseToBeCompiled() throws IOException {
        var consumer = Files.writeString(folder.resolve("module-info.java"), """
                module consumer {
                    requires org.danelaw.dane;
                }
                """);
        assertThat(run(
                        "javac",
                        List.of(
                                "-Xlint:all",
                                "-Xlint:-requires-automatic",
                                "-Werror",
                                "-d",
                                folder.resolve("out").toString(),
                                "--module-path",
                                modulePath(),
                                consumer.toString(),
                                EXAMPLE.toString())))
                .isEmpty();
    }

    /// The library and what it requires, nothing of the tests.
    private static String modulePath() {
        return Stream.concat(
                        Stream.of(CLASSES.toString()),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry -> entry.matches(".*/(dnsjava|bcprov|jspecify|slf4j-api)[^/]*\\.jar")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String run(String tool, List<String> arguments) {
        var said = new StringWriter();
        var out = new PrintWriter(said);
        int status = ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments.toArray(String[]::new));
        return status == 0 ? said.toString() : "status " + status + ": " + said;
    }
}
