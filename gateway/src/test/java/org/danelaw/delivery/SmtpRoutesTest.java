package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.danelaw.policy.RouteDane;
import org.junit.jupiter.api.Test;

final class SmtpRoutesTest {
    private static final SmtpRoutes ROUTES = SmtpRoutes.of(List.of(
            new SmtpRoute.Discard("example.net"),
            new SmtpRoute.Discard(".example.net"),
            new SmtpRoute.Discard(".deep.example.net"),
            new SmtpRoute.Discard("ALL")));

    @Test
    void theExactDomainComesFirstThenTheNearestParentThenAll() {
        assertThat(matched("example.net")).isEqualTo("example.net");
        assertThat(matched("a.example.net")).isEqualTo(".example.net");
        assertThat(matched("a.b.deep.example.net")).isEqualTo(".deep.example.net");
        assertThat(matched("deep.example.net")).isEqualTo(".example.net");
        assertThat(matched("example.org")).isEqualTo("ALL");
        assertThat(matched("notexample.net")).isEqualTo("ALL");
    }

    @Test
    void addressLiteralsTakeTheRouteForAllOnly() {
        assertThat(matched("[192.0.2.1]")).isEqualTo("ALL");
    }

    @Test
    void whatNoRouteMatchesHasNone() {
        assertThat(SmtpRoutes.NONE.of("example.net")).isEmpty();
        assertThat(SmtpRoutes.of(List.of(new SmtpRoute.ByDns(".example.net"))).of("example.net"))
                .isEmpty();
    }

    @Test
    void aRouteToNoHostIsNone() {
        assertThatThrownBy(() -> new SmtpRoute.ToHosts("example.net", List.of(), RouteDane.FAIL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("example.net");
    }

    /// The product that this one succeeds takes 40,000 routes. The times are for people to read: what is
    /// asserted is that each look-up finds its own route.
    @Test
    void fortyThousandRoutesAreEachFoundAndTheTimeOfALookupIsPrinted() {
        var cpu = ManagementFactory.getThreadMXBean();
        for (var size : new int[] {10, 40_000}) {
            var routes = SmtpRoutes.of(IntStream.range(0, size)
                    .mapToObj(i -> new SmtpRoute.Discard((i % 2 == 0 ? "." : "") + "customer" + i + ".example.net"))
                    .toList());
            var domains = IntStream.range(0, size)
                    .mapToObj(i -> (i % 2 == 0 ? "mail.berlin." : "") + "customer" + i + ".example.net")
                    .toArray(String[]::new);
            assertThat(lookups(routes, domains)).isEqualTo(LOOKUPS);
            var start = cpu.getCurrentThreadCpuTime();
            assertThat(lookups(routes, domains)).isEqualTo(LOOKUPS);
            System.out.println("SMTP route look-up among " + size + ": "
                    + (cpu.getCurrentThreadCpuTime() - start) / LOOKUPS + " ns of CPU");
        }
    }

    private static final int LOOKUPS = 400_000;

    /// How many of so many look-ups found a route.
    private static long lookups(SmtpRoutes routes, String... domains) {
        return IntStream.range(0, LOOKUPS)
                .filter(i -> routes.of(domains[i % domains.length]).isPresent())
                .count();
    }

    private static String matched(String domain) {
        return ROUTES.of(domain).orElseThrow().match();
    }
}
