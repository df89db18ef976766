package org.danelaw.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.danelaw.events.Event;
import org.danelaw.events.SystemEvent;
import org.danelaw.smtp.Credentials;
import org.danelaw.smtp.Reception.Authentication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class UsersTest {
    /// That of `secret`.
    static final String SECRET = "{PBKDF2-SHA256}1000$c2FsdHNhbHQ$hgR9HsqtKupWxpnv8y99TrPDajTT/9PcSTlNafpdLXQ";

    private static final String OTHER = "{PBKDF2-SHA256}1000$c2FsdHNhbHQ$g6XOvajYYuFASmZv0k90mdFClYhtG2Y3sF3Etrr./f4";

    @TempDir
    private Path folder;

    private Path file;
    private final List<Event> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        file = Files.writeString(
                folder.resolve("users"), "# the servers\n\napp@lan.example:" + SECRET + "\nbackup: " + OTHER + "\n");
    }

    private static Authentication check(Users users, String user, String password) {
        return users.check(new Credentials("PLAIN", user, password));
    }

    @Test
    void aUserIsKnownByNameAndPassword() throws IOException {
        try (var users = Users.open(Optional.of(file), events::add)) {
            assertThat(check(users, "app@lan.example", "secret"))
                    .isEqualTo(new Authentication.Granted("app@lan.example"));
            assertThat(check(users, "backup", "other")).isEqualTo(new Authentication.Granted("backup"));
            assertThat(check(users, "app@lan.example", "other"))
                    .isEqualTo(new Authentication.Denied(Optional.of("app@lan.example")));
            assertThat(check(users, "app@lan.example", ""))
                    .isEqualTo(new Authentication.Denied(Optional.of("app@lan.example")));
            assertThat(check(users, "App@lan.example", "secret"))
                    .isEqualTo(new Authentication.Denied(Optional.empty()));
            assertThat(check(users, "# the servers", "secret")).isEqualTo(new Authentication.Denied(Optional.empty()));
        }
        assertThat(events).isEmpty();
    }

    @Test
    void aPasswordThatWasGoodNeedsNoHashTheNextTime() throws IOException {
        var users = Users.open(Optional.of(file), events::add);
        check(users, "backup", "other");
        users.close();

        assertThat(check(users, "backup", "other")).isEqualTo(new Authentication.Granted("backup"));
        assertThat(check(users, "backup", "secret")).isInstanceOf(Authentication.Unavailable.class);
        assertThat(check(users, "app@lan.example", "other")).isInstanceOf(Authentication.Unavailable.class);
    }

    @Test
    void aChangedFileIsReadAgainAndNothingIsRememberedOfTheOld() throws IOException {
        try (var users = Users.open(Optional.of(file), events::add)) {
            check(users, "backup", "other");
            replace("backup:" + SECRET + "\n");

            assertThat(check(users, "backup", "other")).isEqualTo(new Authentication.Denied(Optional.of("backup")));
            assertThat(check(users, "backup", "secret")).isEqualTo(new Authentication.Granted("backup"));
        }
        assertThat(events).containsExactly(new SystemEvent.UsersRead(file.toString(), 1));
    }

    @Test
    void aFileThatIsGoneLaterChangesNothingAndTheLogSaysSoOnce() throws IOException {
        try (var users = Users.open(Optional.of(file), events::add)) {
            Files.delete(file);

            assertThat(check(users, "backup", "other")).isEqualTo(new Authentication.Granted("backup"));
            assertThat(check(users, "backup", "other")).isEqualTo(new Authentication.Granted("backup"));
            assertThat(events).singleElement().isInstanceOfSatisfying(SystemEvent.UsersUnreadable.class, told -> {
                assertThat(told.problems()).singleElement().asString().startsWith(file + " cannot be read: ");
            });

            Files.writeString(file, "backup:" + SECRET + "\n");
            assertThat(check(users, "backup", "secret")).isEqualTo(new Authentication.Granted("backup"));
        }
        assertThat(events).last().isEqualTo(new SystemEvent.UsersRead(file.toString(), 1));
    }

    @Test
    void soManyPasswordsWaitToBeCheckedAndNoMoreEvenWhereNobodyWaitsForThem() throws Exception {
        var hashing = Users.hashing(1);
        var busy = new CountDownLatch(1);
        try (var users = Users.open(Optional.of(file), events::add, hashing, Duration.ofMillis(1))) {
            hashing.execute(() -> waitFor(busy));
            for (int i = 0; i < IntakeLimits.LOGINS_WAITING; i++) {
                assertThat(check(users, "backup", "other"))
                        .isEqualTo(new Authentication.Unavailable("logins take too long now, try again later"));
            }

            assertThat(check(users, "backup", "other"))
                    .isEqualTo(new Authentication.Unavailable("too many logins at once, try again later"));
        } finally {
            busy.countDown();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFileThatIsBrokenLaterChangesNothingAndTheLogSaysOnceWhatIsWrong() throws IOException {
        try (var users = Users.open(Optional.of(file), events::add)) {
            replace("backup:" + SECRET + "\nbackup\n");

            assertThat(check(users, "backup", "other")).isEqualTo(new Authentication.Granted("backup"));
            assertThat(check(users, "backup", "other")).isEqualTo(new Authentication.Granted("backup"));
            Files.delete(file);
            assertThat(check(users, "backup", "other")).isEqualTo(new Authentication.Granted("backup"));
        }
        assertThat(events)
                .startsWith(new SystemEvent.UsersUnreadable(List.of(file + ":2: a line has the form name:hash")))
                .hasSize(2);
    }

    @Test
    void anotherFileMayTakeItsPlaceOrNone() throws IOException {
        var other = Files.writeString(folder.resolve("others"), "other:" + SECRET + "\n");
        try (var users = Users.open(Optional.of(file), events::add)) {
            assertThat(check(users, "backup", "other")).isInstanceOf(Authentication.Granted.class);
            users.prepare(Optional.of(other)).takeEffect();
            assertThat(check(users, "backup", "other")).isEqualTo(new Authentication.Denied(Optional.empty()));
            assertThat(check(users, "other", "secret")).isInstanceOf(Authentication.Granted.class);
            users.prepare(Optional.empty()).takeEffect();
            assertThat(check(users, "other", "secret")).isEqualTo(new Authentication.Denied(Optional.empty()));
        }
    }

    /// As editors do it: another file takes the name.
    private void replace(String content) throws IOException {
        Files.move(
                Files.writeString(folder.resolve("users.new"), content),
                file,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void everyProblemIsNamedWithItsLine() throws IOException {
        Files.writeString(file, """
                # users
                app:%1$s
                no-hash
                :%1$s
                two words:%1$s
                app:%1$s
                plain:secret
                weak:{PBKDF2-SHA256}10$c2FsdHNhbHQ$hgR9HsqtKupWxpnv8y99TrPDajTT/9PcSTlNafpdLXQ
                """.formatted(SECRET));

        assertThat(UserList.read(file))
                .isEqualTo(new UserList.Reading.Invalid(List.of(
                        file + ":3: a line has the form name:hash",
                        file + ":4: a name has from 1 to 255 printable ASCII characters and no blank",
                        file + ":5: a name has from 1 to 255 printable ASCII characters and no blank",
                        file + ":6: there is already a user \"app\"",
                        file + ":7: a hash has the form {PBKDF2-SHA256}iterations$salt$hash, which danelaw config"
                                + " hash-password makes",
                        file + ":8: a hash has from 1000 to 5000000 iterations")));
        assertThatThrownBy(() -> Users.open(Optional.of(file), events::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("users:8: ");
    }

    @Test
    void aFileThatIsNoListIsOneProblem() throws IOException {
        assertThat(UserList.read(Files.write(file, new byte[] {(byte) 0xff})))
                .isEqualTo(new UserList.Reading.Invalid(List.of(file + " is not UTF-8 text")));
        assertThat(UserList.read(folder.resolve("none"))).isInstanceOf(UserList.Reading.Invalid.class);
    }
}
