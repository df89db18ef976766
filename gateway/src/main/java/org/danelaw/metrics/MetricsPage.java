package org.danelaw.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.danelaw.dns.FailureText;

/// `http://ADDRESS/metrics`, where the configuration names an address. It can be moved, opened and closed while the
/// gateway runs; who does lets nobody else do so before the change takes effect or is abandoned.
public final class MetricsPage implements Closeable {
    /// Who scrapes is one program or two; more connections at a time than this are closed at once.
    private static final int CONNECTIONS = 16;

    /// How long a client may take to ask, and to take the answer.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String PATH = "/metrics";

    private final EventCounts counts;
    private final GatewayReadings readings;
    private volatile Open open = new Open(Optional.empty(), Optional.empty());

    private MetricsPage(EventCounts counts, GatewayReadings readings) {
        this.counts = counts;
        this.readings = readings;
    }

    /// @param wanted as the configuration has it
    private record Open(Optional<InetSocketAddress> wanted, Optional<HttpServer> server) {
        void start() {
            server.ifPresent(HttpServer::start);
        }

        void close() {
            server.ifPresent(running -> running.stop(0));
        }
    }

    /// Serves the page, where `address` is one.
    ///
    /// @throws BindException that names the address, where it is not to be had
    public static MetricsPage open(Optional<InetSocketAddress> address, EventCounts counts, GatewayReadings readings)
            throws IOException {
        var page = new MetricsPage(counts, readings);
        page.prepare(address).takeEffect();
        return page;
    }

    /// The address that is really listened on, if any.
    public Optional<InetSocketAddress> address() {
        return open.server().map(HttpServer::getAddress);
    }

    /// Binds another address, or none, and answers nobody there yet.
    ///
    /// @throws BindException that names the address, where it is not to be had: then nothing is changed
    public Change prepare(Optional<InetSocketAddress> wanted) throws IOException {
        if (wanted.equals(open.wanted())) {
            return new Change(Optional.empty());
        }
        Optional<HttpServer> server = wanted.isEmpty() ? Optional.empty() : Optional.of(bound(wanted.get()));
        return new Change(Optional.of(new Open(wanted, server)));
    }

    private HttpServer bound(InetSocketAddress address) throws IOException {
        // The JDK's server reads these when it is loaded, and has no other way to be told.
        System.setProperty("jdk.httpserver.maxConnections", Integer.toString(CONNECTIONS));
        System.setProperty("sun.net.httpserver.maxReqTime", Long.toString(PATIENCE.toSeconds()));
        System.setProperty("sun.net.httpserver.maxRspTime", Long.toString(PATIENCE.toSeconds()));
        try {
            var server = HttpServer.create(address, CONNECTIONS);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::answer);
            return server;
        } catch (BindException taken) {
            throw named(address, taken);
        }
    }

    private static BindException named(InetSocketAddress address, BindException taken) {
        var named = new BindException("metrics cannot be served on " + address.getHostString() + " port "
                + address.getPort() + ": " + FailureText.of(taken));
        named.initCause(taken);
        return named;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var method = exchange.getRequestMethod();
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (method.equals("GET")) {
                var page = page();
                exchange.getResponseHeaders().set("Content-Type", Exposition.contentType());
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            } else if (method.equals("HEAD")) {
                // RFC 9110 section 9.1: every server knows it.
                exchange.getResponseHeaders().set("Content-Type", Exposition.contentType());
                exchange.sendResponseHeaders(200, -1);
            } else {
                // RFC 9110 section 15.5.6.
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
            }
        }
    }

    private byte[] page() {
        var sheet = new Sheet();
        counts.write(sheet);
        readings.write(sheet);
        return Exposition.octets(sheet);
    }

    /// Another address, ready to be served.
    public final class Change {
        private final Optional<Open> next;

        private Change(Optional<Open> next) {
            this.next = next;
        }

        /// From now on the page is there.
        public void takeEffect() {
            next.ifPresent(other -> {
                var before = open;
                open = other;
                other.start();
                before.close();
            });
        }

        public void abandon() {
            next.ifPresent(never -> {
                // One that has not begun keeps its address when it is stopped: its own thread gives that up.
                never.start();
                never.close();
            });
        }
    }

    @Override
    public void close() {
        open.close();
    }
}
