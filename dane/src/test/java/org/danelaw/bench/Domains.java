package org.danelaw.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.danelaw.dns.Question;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// The domains `c0.bench`, `c1.bench` and so on of `BenchZones`.
record Domains(String kind, int count) {
    private static final int AT_A_TIME = 32;

    /// Asks for all that mail to the domains needs: some domains at a time, the questions of each in their
    /// order.
    void askAll(Consumer<Question> asking) throws InterruptedException, ExecutionException {
        var permits = new Semaphore(AT_A_TIME);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < count; i++) {
                String domain = kind + i + ".bench.";
                permits.acquire();
                running.add(threads.submit(() -> {
                    try {
                        questions(domain).forEach(asking);
                    } finally {
                        permits.release();
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    static List<Question> questions(String domain) {
        return List.of(
                question(domain, Type.MX),
                question("mail." + domain, Type.A),
                question("mail." + domain, Type.AAAA),
                question("_25._tcp.mail." + domain, Type.TLSA));
    }

    private static Question question(String name, int type) {
        return new Question(Name.fromConstantString(name), type);
    }
}
