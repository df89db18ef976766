package org.danelaw.intake;

import java.time.Duration;

/// Every bound of intake that is not a mail flow policy's, by name.
public final class IntakeLimits {
    /// Connections open at once over all listeners; the next client is told 421.
    public static final int CONNECTIONS = 5_000;
    /// Clients being told 421 at once; the next one's connection is closed without a word.
    public static final int TURNED_AWAY_AT_ONCE = 500;
    /// How long the look-up of a client's name may hold back its greeting.
    public static final Duration REVERSE_LOOKUP = Duration.ofSeconds(5);
    /// Look-ups of clients' names under way at once: a fraction of what a resolver is asked at a time, so that clients
    /// whose reverse zones do not answer leave room for deliveries. Beyond it a client has no name.
    public static final int REVERSE_LOOKUPS = 200;
    /// Names of one client that are looked at.
    public static final int REVERSE_NAMES = 4;
    /// Threads that compute passwords' hashes.
    public static final int HASHING_THREADS = 2;
    /// Logins that wait for one of them; the next is told 454.
    public static final int LOGINS_WAITING = 100;
    /// How long a login waits for its hash.
    public static final Duration LOGIN = Duration.ofSeconds(30);
    /// Octets that a message must leave free on the spool's disk, for what is queued to be delivered and reported;
    /// where
    /// it would not, it is told 452.
    public static final long LEAST_FREE_OCTETS = 100L << 20;
    /// How long what was seen of the disk counts.
    public static final Duration SPACE_SEEN = Duration.ofSeconds(1);
    /// Connections that wait to be accepted.
    public static final int BACKLOG = 512;
    /// Clients, and senders, whose message rate is remembered; the longest unused is forgotten first.
    public static final int RATES_REMEMBERED = 100_000;
    /// How long open transactions are given to end when the gateway stops.
    public static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(30);
    /// How long a listener waits after it could not accept a connection, as when file descriptors run out.
    public static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    private IntakeLimits() {}
}
