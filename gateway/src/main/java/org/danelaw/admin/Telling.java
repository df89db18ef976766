package org.danelaw.admin;

import java.io.IOException;
import java.util.Optional;

/// Passes lines on to the operator, until that fails.
final class Telling {
    private final Output out;
    private final boolean isWanted;
    private Optional<IOException> failed = Optional.empty();

    Telling(Output out, boolean isWanted) {
        this.out = out;
        this.isWanted = isWanted;
    }

    void tell(String line) {
        if (isWanted && failed.isEmpty()) {
            try {
                out.line(line);
            } catch (IOException gone) {
                failed = Optional.of(gone);
            }
        }
    }

    /// @throws IOException if a line could not be passed on
    void end() throws IOException {
        if (failed.isPresent()) {
            throw failed.get();
        }
    }
}
