package org.danelaw.json;

import java.util.Locale;

/// A constant in lower case, with hyphens: as JSON, the configuration and the operator's commands write it.
public final class Word {
    private Word() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
