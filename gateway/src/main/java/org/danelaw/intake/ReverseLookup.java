package org.danelaw.intake;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Validated;
import org.danelaw.events.ReverseName;
import org.danelaw.resolver.Resolver;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Type;

/// Asks the DNS for a client's names, and for the addresses of those names: whoever owns an address writes any name
/// into its reverse zone, so only a name that leads back to the client is the client's (RFC 1912 section 2.1).
///
/// The answers are validated like all others: what is bogus is a look-up that failed, and never a name. A look-up that
/// takes too long goes on without its client and fills the cache for the next.
public final class ReverseLookup implements ReverseNames {
    /// What a host may be called (RFC 1123 section 2.1, and the underscores that hosts in the field have): nothing that
    /// could be taken for more than a name in a log line or a header.
    private static final String HOST = "[a-z0-9_-]+(\\.[a-z0-9_-]+)*";

    private final Resolver resolver;
    private final Duration atMost;
    private final Semaphore free = new Semaphore(IntakeLimits.REVERSE_LOOKUPS);

    public ReverseLookup(Resolver resolver) {
        this(resolver, IntakeLimits.REVERSE_LOOKUP);
    }

    ReverseLookup(Resolver resolver, Duration atMost) {
        this.resolver = resolver;
        this.atMost = atMost;
    }

    /// What came of one question.
    private sealed interface Found {
        record Records(List<Record> records) implements Found {}

        record Failed(String why) implements Found {}
    }

    @Override
    public ReverseName of(InetAddress client) {
        if (!free.tryAcquire()) {
            return undecided(IntakeLimits.REVERSE_LOOKUPS + " of them are under way already");
        }
        var lookup = new FutureTask<>(() -> {
            try {
                return lookUp(client);
            } finally {
                free.release();
            }
        });
        Thread.ofVirtual().name("reverse-lookup").start(lookup);
        try {
            return lookup.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return undecided("it took longer than " + atMost.toMillis() + " ms");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return undecided("it was stopped");
        } catch (ExecutionException fault) {
            throw new IllegalStateException("the look-up of the name of " + client + " failed", fault);
        }
    }

    private static ReverseName undecided(String why) {
        return new ReverseName.Undecided(Optional.empty(), why);
    }

    private ReverseName lookUp(InetAddress client) {
        return switch (ask(ReverseMap.fromAddress(client), Type.PTR)) {
            case Found.Failed(var why) -> undecided(why);
            case Found.Records(var records) -> {
                List<Name> names = names(records);
                yield names.isEmpty() ? new ReverseName.Unknown() : verified(names, client);
            }
        };
    }

    /// In an order that does not change with that of the answer.
    private static List<Name> names(List<Record> pointers) {
        return pointers.stream()
                .map(pointer -> ((PTRRecord) pointer).getTarget())
                .filter(name -> text(name).matches(HOST))
                .sorted()
                .limit(IntakeLimits.REVERSE_NAMES)
                .toList();
    }

    private ReverseName verified(List<Name> names, InetAddress client) {
        var verified = new ArrayList<String>();
        var failures = new ArrayList<String>();
        for (Name name : names) {
            switch (ask(name, client instanceof Inet6Address ? Type.AAAA : Type.A)) {
                case Found.Failed(var why) -> failures.add(why);
                case Found.Records(var records) -> {
                    if (records.stream().anyMatch(record -> address(record).equals(client))) {
                        verified.add(text(name));
                    }
                }
            }
        }
        String claimed = text(names.getFirst());
        if (!verified.isEmpty()) {
            return new ReverseName.Verified(verified, failures.stream().findFirst());
        }
        return failures.isEmpty()
                ? new ReverseName.Claimed(claimed)
                : new ReverseName.Undecided(Optional.of(claimed), failures.getFirst());
    }

    private Found ask(Name name, int type) {
        var question = new Question(name, type);
        return switch (resolver.resolve(question)) {
            case Validated.Secure<Answer>(var answer, var _) -> records(answer);
            case Validated.Insecure<Answer>(var answer, var _) -> records(answer);
            case Validated.Bogus<Answer>(var reason) -> failed(question, reason);
            case Validated.Unavailable<Answer>(var reason) -> failed(question, reason);
        };
    }

    private static Found records(Answer answer) {
        return switch (answer) {
            case Answer.Found(var set, var _) -> new Found.Records(set.records());
            case Answer.NoData _ -> new Found.Records(List.of());
            case Answer.NoSuchName _ -> new Found.Records(List.of());
        };
    }

    private static Found failed(Question question, Reason reason) {
        return new Found.Failed(question + ": " + reason.sentence());
    }

    private static InetAddress address(Record record) {
        return switch (record) {
            case ARecord a -> a.getAddress();
            case AAAARecord aaaa -> aaaa.getAddress();
            default -> throw new IllegalArgumentException("not an address: " + record);
        };
    }

    private static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }
}
