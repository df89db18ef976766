package org.danelaw.delivery;

import java.util.Map;
import java.util.Optional;

/// Finds a domain's entry in a table whose keys are domains and, with a leading dot, all subdomains of one.
public final class MostParticular {
    private MostParticular() {}

    /// The domain's own entry, else that of its nearest parent with a leading dot.
    public static <T> Optional<T> in(Map<String, T> table, String domain) {
        var own = table.get(domain);
        if (own != null) {
            return Optional.of(own);
        }
        for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
            var above = table.get(domain.substring(dot));
            if (above != null) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }
}
