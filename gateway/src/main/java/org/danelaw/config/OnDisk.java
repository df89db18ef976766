package org.danelaw.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.config.Row.Placed;
import org.danelaw.dns.FailureText;
import org.danelaw.intake.PemCertificates;
import org.danelaw.intake.ServerIdentity;
import org.danelaw.intake.UserList;
import org.danelaw.resolver.DnsSettings;

/// Looks at the files that the configuration names: whether each is there, can be read, and is what it should be.
final class OnDisk {
    private final Path folder;
    private final List<Problem> problems = new ArrayList<>();

    private OnDisk(Path folder) {
        this.folder = folder;
    }

    /// @param folder where relative paths start
    static List<Problem> problems(Row file, Path folder) {
        var files = new OnDisk(folder);
        var tls = file.single(Schema.Tls.SECTION);
        file.single(Schema.Dns.SECTION).given(Schema.Dns.TRUST_ANCHOR).ifPresent(files::trustAnchors);
        tls.given(Schema.Tls.CA_FILE).ifPresent(files::certificates);
        files.identity(tls, Schema.Tls.CLIENT_CERTIFICATE, Schema.Tls.CLIENT_KEY);
        file.single(Schema.Auth.SECTION).given(Schema.Auth.USERS_FILE).ifPresent(files::users);
        file.repeated(Schema.Listener.SECTION)
                .forEach(
                        listener -> files.identity(listener, Schema.Listener.CERTIFICATE, Schema.Listener.PRIVATE_KEY));
        return files.problems;
    }

    private boolean readable(Placed<Path> path) {
        var absolute = folder.resolve(path.value());
        if (Files.isRegularFile(absolute) && Files.isReadable(absolute)) {
            return true;
        }
        String why = !Files.exists(absolute)
                ? " does not exist"
                : Files.isRegularFile(absolute) ? " may not be read" : " is not a file";
        report(path.at(), absolute + why);
        return false;
    }

    private void trustAnchors(Placed<Path> path) {
        if (!readable(path)) {
            return;
        }
        try {
            DnsSettings.checkTrustAnchors(folder.resolve(path.value()));
        } catch (IOException unfit) {
            FailureText.of(unfit).lines().forEach(problem -> report(path.at(), problem));
        }
    }

    private void users(Placed<Path> path) {
        if (readable(path) && UserList.read(folder.resolve(path.value())) instanceof UserList.Reading.Invalid unfit) {
            unfit.problems().forEach(problem -> report(path.at(), problem));
        }
    }

    private void certificates(Placed<Path> path) {
        if (!readable(path)) {
            return;
        }
        try {
            PemCertificates.read(folder.resolve(path.value()));
        } catch (IOException unfit) {
            report(path.at(), FailureText.of(unfit));
        }
    }

    private void identity(Row row, Key<Path> certificate, Key<Path> key) {
        var chain = row.given(certificate);
        var secret = row.given(key);
        boolean chainReadable = chain.isPresent() && readable(chain.get());
        boolean secretReadable = secret.isPresent() && readable(secret.get());
        if (chainReadable && secretReadable) {
            try {
                ServerIdentity.read(
                        folder.resolve(chain.get().value()),
                        folder.resolve(secret.get().value()));
            } catch (IOException unfit) {
                report(chain.get().at(), FailureText.of(unfit));
            }
        }
    }

    private void report(Position at, String text) {
        problems.add(new Problem(at, text));
    }
}
