package org.danelaw.config;

import java.io.IOException;
import java.nio.file.Path;
import org.danelaw.config.Schema.Node;
import org.danelaw.config.Schema.Operation;
import org.tomlj.Toml;

/// Where the control socket of a gateway with some configuration is: found even where the file has problems
/// by now, which the running gateway does not have.
public final class ControlSocketPath {
    private static final String NAME = "control.sock";

    private ControlSocketPath() {}

    /// Where it is by the configuration in `file`.
    ///
    /// @throws IOException where the file cannot be read; its message says why
    public static Path of(Path file) throws IOException {
        return of(Row.of(Toml.parse(ConfigFile.text(file))), ConfigFile.folderOf(file));
    }

    /// Where it is without a configuration.
    public static Path byDefault() {
        return of(Row.of(Toml.parse("")), Path.of("/"));
    }

    static Path of(Row file, Path folder) {
        var dataDirectory = folder.resolve(file.single(Node.SECTION).value(Node.DATA_DIRECTORY))
                .normalize();
        return file.single(Operation.ADMIN)
                .optional(Operation.SOCKET)
                .map(folder::resolve)
                .orElse(dataDirectory.resolve(NAME));
    }
}
