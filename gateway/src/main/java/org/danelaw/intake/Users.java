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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.danelaw.events.Events;
import org.danelaw.events.SystemEvent;
import org.danelaw.smtp.Credentials;
import org.danelaw.smtp.Reception.Authentication;

/// The users of a file, if there is one, which is read again when it has changed; a file that then has problems
/// changes nothing, and the log says what they are.
///
/// A hash is made to be slow. So hashes are computed on a few threads of their own, which leave the rest of the
/// machine to the mail, and a password that was good is good again without one, for as long as the file stays as
/// it is: what is kept of it is a keyed digest whose key never leaves this process. A wrong password always costs
/// a hash, and so does a name that nobody has: nobody can tell the two apart by the time.
public final class Users implements Authenticator, Closeable {
    private final Events events;
    private final byte[] key = new byte[32];
    private final ExecutorService hashing;
    private final Duration patience;
    private volatile Known known;

    private Users(Known known, Events events, ExecutorService hashing, Duration patience) {
        this.known = known;
        this.events = events;
        this.hashing = hashing;
        this.patience = patience;
        new SecureRandom().nextBytes(key);
    }

    /// What the file held when it was last looked at.
    ///
    /// @param mark empty where there is no file, or no longer
    /// @param good by user, a keyed digest of the password that was found to be right
    private record Known(Optional<Path> file, UserList list, Optional<Mark> mark, Map<String, byte[]> good) {
        Known(Optional<Path> file, UserList list, Optional<Mark> mark) {
            this(file, list, mark, new ConcurrentHashMap<>());
        }

        Known marked(Optional<Mark> newMark) {
            return new Known(file, list, newMark, good);
        }

        Optional<Mark> markNow() {
            return file.flatMap(Mark::of);
        }

        static Known of(Optional<Path> file) throws IOException {
            if (file.isEmpty()) {
                return new Known(file, UserList.EMPTY, Optional.empty());
            }
            var mark = Mark.of(file.get());
            return switch (UserList.read(file.get())) {
                case UserList.Reading.Valid(var list) -> new Known(file, list, mark);
                case UserList.Reading.Invalid(var problems) -> throw new IOException(String.join("\n", problems));
            };
        }
    }

    /// By what a file is seen to have changed.
    private record Mark(FileTime modified, long size, String identity) {
        static Optional<Mark> of(Path file) {
            try {
                var seen = Files.readAttributes(file, BasicFileAttributes.class);
                return Optional.of(new Mark(seen.lastModifiedTime(), seen.size(), String.valueOf(seen.fileKey())));
            } catch (IOException unseen) {
                // What is wrong is said by whoever then reads the file.
                return Optional.empty();
            }
        }
    }

    /// Reads the file; without one there are no users.
    ///
    /// @throws IOException with its problems, a line each
    public static Users open(Optional<Path> file, Events events) throws IOException {
        return open(file, events, hashing(IntakeLimits.HASHING_THREADS), IntakeLimits.LOGIN);
    }

    static Users open(Optional<Path> file, Events events, ExecutorService hashing, Duration patience)
            throws IOException {
        return new Users(Known.of(file), events, hashing, patience);
    }

    /// What nobody waits for any longer keeps its place until its turn comes: so there is never more to do than this.
    static ExecutorService hashing(int threads) {
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(IntakeLimits.LOGINS_WAITING),
                Thread.ofPlatform().daemon().name("password-", 0).factory());
    }

    /// Another file that was read, and is not followed yet.
    @FunctionalInterface
    public interface Change {
        /// From now on the users are those of this file.
        void takeEffect();
    }

    /// Reads the users of another file, or of none.
    ///
    /// @throws IOException with its problems, a line each
    public Change prepare(Optional<Path> file) throws IOException {
        var next = Known.of(file);
        return () -> become(next);
    }

    private synchronized void become(Known next) {
        boolean isAsBefore = next.file.equals(known.file) && next.mark.equals(known.mark);
        if (!isAsBefore) {
            known = next;
            next.file.ifPresent(file -> tellRead(file, next.list));
        }
    }

    private void tellRead(Path file, UserList list) {
        events.accept(new SystemEvent.UsersRead(file.toString(), list.users().size()));
    }

    @Override
    public Authentication check(Credentials credentials) {
        Known now = upToDate();
        byte[] digest = digest(credentials);
        byte[] good = now.good.get(credentials.user());
        if (good != null && MessageDigest.isEqual(good, digest)) {
            return new Authentication.Granted(credentials.user());
        }
        return check(credentials, digest, now);
    }

    private Authentication check(Credentials credentials, byte[] digest, Known now) {
        boolean isKnown = now.list.users().containsKey(credentials.user());
        PasswordHash hash = now.list.hashFor(credentials.user());
        var match = new FutureTask<>(() -> hash.matches(credentials.password()));
        try {
            hashing.execute(match);
            if (match.get(patience.toMillis(), TimeUnit.MILLISECONDS) && isKnown) {
                now.good.put(credentials.user(), digest);
                return new Authentication.Granted(credentials.user());
            }
            return new Authentication.Denied(isKnown ? Optional.of(credentials.user()) : Optional.empty());
        } catch (RejectedExecutionException full) {
            return new Authentication.Unavailable("too many logins at once, try again later");
        } catch (TimeoutException late) {
            match.cancel(false);
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
        return now.mark.equals(now.markNow()) ? now : readAgain();
    }

    /// One thread reads, for all that see the change.
    private synchronized Known readAgain() {
        var mark = known.markNow();
        if (!known.mark.equals(mark)) {
            Path file = known.file.orElseThrow();
            known = switch (UserList.read(file)) {
                case UserList.Reading.Valid(var list) -> {
                    tellRead(file, list);
                    yield new Known(known.file, list, mark);
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
