package org.danelaw.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.danelaw.disk.WholeFile;

/// The suspension in force, kept in a small file: an operator who stopped deliveries does not expect a restart to
/// begin them again. One line for each domain, `*` for all.
public final class Suspensions {
    private static final String EVERYWHERE = "*";

    private final Path file;
    private volatile Suspension current;

    private Suspensions(Path file, Suspension current) {
        this.file = file;
        this.current = current;
    }

    public static Suspensions open(Path file) throws IOException {
        return new Suspensions(file, Files.exists(file) ? parse(Files.readAllLines(file, US_ASCII)) : Suspension.NONE);
    }

    private static Suspension parse(List<String> lines) {
        var domains = new HashSet<>(lines);
        domains.remove("");
        var everywhere = domains.remove(EVERYWHERE);
        return new Suspension(everywhere, domains);
    }

    Suspension current() {
        return current;
    }

    /// Changes what is suspended, on disk first.
    ///
    /// @return where the disk did not confirm that it keeps the change: a sentence
    synchronized Optional<String> change(UnaryOperator<Suspension> change) throws IOException {
        var changed = change.apply(current);
        var doubt = write(changed);
        current = changed;
        return doubt;
    }

    private Optional<String> write(Suspension suspension) throws IOException {
        var lines = new ArrayList<String>();
        if (suspension.everywhere()) {
            lines.add(EVERYWHERE);
        }
        suspension.domains().stream().sorted().forEach(lines::add);
        return WholeFile.write(file, lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }
}
