package org.danelaw.intake;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.danelaw.events.Events;
import org.danelaw.events.SystemEvent;
import org.danelaw.smtp.Credentials;
import org.danelaw.smtp.Reception.Authentication;

/// The users of a file, if there is one, which is read again when it has changed; a file that then has problems changes
/// nothing, and the
/// log says what they are.
///
/// A hash is made to be slow. So hashes are computed on a few threads of their own, which leave the rest of the machine
/// to the mail, and a password that was good is good again without one, for as long as the file stays as it is: what is
/// kept of it is a keyed digest whose key never leaves this process. A wrong password always costs a hash, and so does
/// a
/// name that nobody has: nobody can tell the two apart by the time.
public final class Users implements Authenticator, Closeable {
    private final Events events;
    private final byte[] key = new byte[32];
    private final Semaphore room = new Semaphore(IntakeLimits.LOGINS_WAITING);
    private final ExecutorService hashing = Executors.newFixedThreadPool(
            IntakeLimits.HASHING_THREADS,
            Thread.ofPlatform().daemon().name("password-", 0).factory());
    private volatile Known known;

    private Users(Known known, Events events) {
        this.known = known;
        this.events = events;
        new SecureRandom().nextBytes(key);
    }

    /// What the file held when it was last looked at.
    ///
    /// @param good by user, a keyed digest of the password that was found to be right
    private record Known(Optional<Path> file, UserList list, Optional<Mark> mark, Map<String, byte[]> good) {
        Known(Optional<Path> file, UserList list, Optional<Mark> mark) {
            this(file, list, mark, new ConcurrentHashMap<>());
        }

        Known marked(Mark newMark) {
            return new Known(file, list, Optional.of(newMark), good);
        }

        static Known of(Optional<Path> file) throws IOException {
            if (file.isEmpty()) {
                return new Known(file, UserList.EMPTY, Optional.empty());
            }
            var mark = Mark.of(file.get());
            return switch (UserList.read(file.get())) {
                case UserList.Reading.Valid(var list) -> new Known(file, list, Optional.of(mark));
                case UserList.Reading.Invalid(var problems) -> throw new IOException(String.join("\n", problems));
            };
        }
    }

    /// By what a file is seen to have changed.
    private record Mark(FileTime modified, long size, String identity) {
        static Mark of(Path file) throws IOException {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Mark(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
        }
    }

    /// Reads the file; without one there are no users.
    ///
    /// @throws IOException with its problems, a line each
    public static Users open(Optional<Path> file, Events events) throws IOException {
        return new Users(Known.of(file), events);
    }

    /// From now on the users are those of this file.
    ///
    /// @throws IOException with its problems, a line each: then nothing is changed
    public synchronized void follow(Optional<Path> file) throws IOException {
        known = Known.of(file);
    }

    @Override
    public Authentication check(Credentials credentials) {
        Known now = upToDate();
        byte[] digest = digest(credentials);
        byte[] good = now.good.get(credentials.user());
        if (good != null && MessageDigest.isEqual(good, digest)) {
            return new Authentication.Granted(credentials.user());
        }
        if (!room.tryAcquire()) {
            return new Authentication.Unavailable("too many logins at once, try again later");
        }
        try {
            return check(credentials, digest, now);
        } finally {
            room.release();
        }
    }

    private Authentication check(Credentials credentials, byte[] digest, Known now) {
        boolean isKnown = now.list.users().containsKey(credentials.user());
        PasswordHash hash = now.list.hashFor(credentials.user());
        try {
            Future<Boolean> match = hashing.submit(() -> hash.matches(credentials.password()));
            if (match.get(IntakeLimits.LOGIN.toMillis(), TimeUnit.MILLISECONDS) && isKnown) {
                now.good.put(credentials.user(), digest);
                return new Authentication.Granted(credentials.user());
            }
            return new Authentication.Denied(isKnown ? Optional.of(credentials.user()) : Optional.empty());
        } catch (TimeoutException | RejectedExecutionException busy) {
            return new Authentication.Unavailable("logins take too long now, try again later");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Authentication.Unavailable("the gateway is stopping");
        } catch (ExecutionException fault) {
            throw new IllegalStateException("a password could not be checked", fault.getCause());
        }
    }

    private Known upToDate() {
        Known now = known;
        try {
            return now.file.isEmpty() || now.mark.equals(Optional.of(Mark.of(now.file.get()))) ? now : readAgain();
        } catch (IOException gone) {
            return now;
        }
    }

    /// One thread reads, for all that see the change.
    private synchronized Known readAgain() throws IOException {
        Path file = known.file.orElseThrow();
        var mark = Mark.of(file);
        if (!known.mark.equals(Optional.of(mark))) {
            known = switch (UserList.read(file)) {
                case UserList.Reading.Valid(var list) -> {
                    events.accept(new SystemEvent.UsersRead(
                            file.toString(), list.users().size()));
                    yield new Known(known.file, list, Optional.of(mark));
                }
                case UserList.Reading.Invalid(var problems) -> {
                    events.accept(new SystemEvent.UsersUnreadable(problems));
                    yield known.marked(mark);
                }
            };
        }
        return known;
    }

    /// Looked up by its user, so that no other split at a NUL is ever compared with it.
    private byte[] digest(Credentials credentials) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal((credentials.user() + "\0" + credentials.password()).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the Java runtime has no HMAC-SHA-256", missing);
        }
    }

    @Override
    public void close() {
        hashing.shutdownNow();
    }
}
