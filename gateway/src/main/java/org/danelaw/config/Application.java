package org.danelaw.config;

import java.io.IOException;
import java.util.List;

/// What a running gateway makes of other settings: all of them, or none.
public interface Application {
    /// Makes every part ready, and changes none.
    ///
    /// @throws IOException with a sentence, where a part cannot take the settings; then nothing is changed
    Prepared prepare(Settings settings) throws IOException;

    /// Settings that every part is ready for.
    interface Prepared {
        /// From now on they count.
        ///
        /// @return what of them waits for the next start, a sentence each
        List<String> takeEffect();

        /// Leaves everything as it was.
        void abandon();
    }
}
