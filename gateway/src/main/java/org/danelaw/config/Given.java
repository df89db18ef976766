package org.danelaw.config;

/// A value as the file gives it, and where.
record Given(Object toml, Position at) {
    /// The value for a message: text in its quotes, a table or an array by what it is.
    String shown() {
        return switch (toml) {
            case String text -> "\"" + shortened(text) + "\"";
            case org.tomlj.TomlArray array -> "a list of " + array.size();
            case org.tomlj.TomlTable table -> "a table of " + table.size();
            default -> toml.toString();
        };
    }

    /// No message carries more of a value than this.
    private static final int MAX_SHOWN = 80;

    private static String shortened(String text) {
        String visible = text.replaceAll("\\p{Cntrl}", "?");
        return visible.length() <= MAX_SHOWN ? visible : visible.substring(0, MAX_SHOWN) + "...";
    }
}
