package org.danelaw.config;

import java.nio.file.Path;

/// A configuration file, and what it said when it was read.
public record ConfigText(Path file, String text) {
    /// What it came to; relative paths in it start at its folder.
    public ConfigFile.Reading read() {
        return ConfigFile.parse(text, ConfigFile.folderOf(file));
    }
}
