package org.danelaw.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.danelaw.config.ConfigFile.Reading;
import org.danelaw.delivery.DestinationControl.LimitBy;
import org.danelaw.delivery.SmtpRoute;
import org.danelaw.events.Level;
import org.danelaw.events.LogFormat;
import org.danelaw.events.LogSubscription;
import org.danelaw.events.LogSubscription.Keeping;
import org.danelaw.events.RollOver;
import org.danelaw.intake.MailFlowPolicy;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.RouteDane;
import org.danelaw.resolver.DnsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

class ConfigFileTest {
    @TempDir
    Path folder;

    private static final String RELAY = """
            [node]
            hostname = "gw.example.org"
            data-directory = "data"

            [[dns.resolver]]
            address = "192.0.2.53"

            [[listener]]
            name = "inside"
            address = "127.0.0.1:0"

            [[listener.sender-group]]
            name = "own"
            networks = ["127.0.0.0/8", "::1", "app.example.org", ".lan.example.org"]
            policy = "relay"

            [mail-flow-policy.relay]
            action = "relay"

            [destination-controls.default]
            tls = "preferred"
            dane = "opportunistic"

            [destination-controls."Bank.Example"]
            dane = "mandatory"
            tls = "required"
            """;

    @Test
    void aWholeFileBecomesSettings() {
        var settings = valid(RELAY);

        assertThat(settings.dataDirectory()).isEqualTo(folder.resolve("data"));
        assertThat(settings.controlSocket()).isEqualTo(folder.resolve("data/control.sock"));
        assertThat(settings.dns().servers())
                .containsExactly(new DnsServer(new InetSocketAddress(address("192.0.2.53"), 53), 0));
        assertThat(settings.listeners()).singleElement().satisfies(listener -> {
            assertThat(listener.name()).isEqualTo("inside");
            assertThat(listener.address().getPort()).isZero();
            assertThat(listener.identity()).isEmpty();
            assertThat(listener.groups()).singleElement().satisfies(group -> {
                assertThat(group.members()).hasToString("[127.0.0.0/8, ::1, app.example.org, .lan.example.org]");
                assertThat(group.policy()).isEqualTo(MailFlowPolicy.of("relay", MailFlowPolicy.Action.RELAY));
            });
        });
        var controls = settings.delivery().controls();
        assertThat(controls.of("other.example").dane()).isEqualTo(DaneSupport.OPPORTUNISTIC);
        assertThat(controls.of("bank.example").dane()).isEqualTo(DaneSupport.MANDATORY);
        assertThat(controls.of("bank.example").tls()).isEqualTo(TlsSupport.REQUIRED);
        assertThat(settings.delivery().insecureMx()).isEqualTo(InsecureMx.DANE);
    }

    @Test
    void anEmptyFileHasTheDefaultsOfTheReference() {
        var settings = valid("");

        assertThat(settings.listeners()).isEmpty();
        assertThat(settings.dns().validation().nsec3Iterations()).isEqualTo(100);
        assertThat(settings.delivery().port()).isEqualTo(25);
        assertThat(settings.delivery().controls().of("any.example").dane()).isEqualTo(DaneSupport.NONE);
        assertThat(settings.delivery().controls().of("any.example").tls()).isEqualTo(TlsSupport.PREFERRED);
        assertThat(settings.delivery().hostname()).isNotBlank();
    }

    @Test
    void bounceProfilesAndLimitsComeThrough() {
        var settings = valid("""
                [bounce-profile.quick]
                max-retries = 2
                max-retry-seconds = 60
                max-queue-seconds = 100
                [destination-controls.".slow.example"]
                recipients = 20
                recipients-minutes = 5
                limit-by = "mx-address"
                bounce-profile = "quick"
                """);

        var quick = settings.delivery().bounceProfiles().get("quick");
        assertThat(quick).isNotNull();
        assertThat(quick.maxRetries()).isEqualTo(2);
        assertThat(quick.maxQueue()).isEqualTo(Duration.ofSeconds(100));
        assertThat(quick.initialRetry()).isEqualTo(Duration.ofSeconds(60));
        var control = settings.delivery().controls().of("mx.slow.example");
        assertThat(control.bounceProfile()).contains("quick");
        assertThat(control.limitBy()).isEqualTo(LimitBy.MX_ADDRESS);
        assertThat(control.rate()).hasValueSatisfying(rate -> {
            assertThat(rate.recipients()).isEqualTo(20);
            assertThat(rate.span()).isEqualTo(Duration.ofMinutes(5));
        });
    }

    @Test
    void routesComeThrough() {
        var routes = valid("""
                [[smtp-route]]
                domain = "Partner.Example"
                to = ["relay.example:2525/pri=5", "[192.0.2.1]", "[2001:db8::1]:26"]
                dane = "route-host"
                [[smtp-route]]
                domain = ".partner.example"
                to = ["USEDNS"]
                [[smtp-route]]
                domain = "ALL"
                to = ["/dev/null"]
                """).delivery().routes();

        assertThat(routes.of("partner.example"))
                .contains(new SmtpRoute.ToHosts(
                        "partner.example",
                        List.of(
                                new MxHost(name("relay.example"), 5, OptionalInt.of(2525)),
                                new MxHost(name("192.0.2.1"), 0),
                                new MxHost(name("2001:db8:0:0:0:0:0:1"), 0, OptionalInt.of(26))),
                        RouteDane.ROUTE_HOST));
        assertThat(routes.of("mail.partner.example")).contains(new SmtpRoute.ByDns(".partner.example"));
        assertThat(routes.of("else.example")).contains(new SmtpRoute.Discard("ALL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALL", "all", "All", "aLL"})
    void inNoLetterCaseAreAllRecipientsAcceptedNorAreTheyMeantBeforeTheLastEntry(String all) {
        var accepted = "[[recipient-access]]\nmatch = \"" + all + "\"\naction = \"accept\"\n";
        var rejected = "[[recipient-access]]\nmatch = \"" + all + "\"\naction = \"reject\"\n";
        var another = "[[recipient-access]]\nmatch = \"own.example\"\naction = \"accept\"\n";
        var why = "\"ALL\" is only for the last entry, and it can only reject";

        assertThat(problems(accepted)).singleElement().asString().contains(why);
        assertThat(problems(another + accepted)).singleElement().asString().contains(why);
        assertThat(problems(rejected + another)).singleElement().asString().contains(why);
        assertThat(valid(RELAY + another + rejected).listeners())
                .allSatisfy(listener ->
                        assertThat(listener.recipientAccess().entries()).hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALL", "all", "All"})
    void aRouteForAllIsOneInAnyLetterCase(String all) {
        var routes = valid("[[smtp-route]]\ndomain = \"" + all + "\"\nto = [\"/dev/null\"]\n")
                .delivery()
                .routes();

        assertThat(routes.of("else.example")).contains(new SmtpRoute.Discard("ALL"));
        assertThat(routes.of("[192.0.2.1]")).contains(new SmtpRoute.Discard("ALL"));
    }

    @Test
    void aListenerAtAllAddressesIsKnownAtEachOfThem() {
        var own = valid("""
                [[listener]]
                name = "everywhere"
                address = "0.0.0.0:2525"
                """).delivery().ownListeners();

        assertThat(own).contains(new InetSocketAddress(address("127.0.0.1"), 2525));
    }

    /// As many as the product that this one succeeds takes. The time is for people to read.
    @Test
    void fortyThousandRoutesAreReadWithoutAProblemAndTheTimeIsPrinted() {
        var toml = IntStream.range(0, 40_000)
                .mapToObj(i -> "[[smtp-route]]\ndomain = \"customer" + i + ".example\"\nto = [\"relay" + i % 10
                        + ".example:2525/pri=5\"]\n")
                .collect(Collectors.joining());
        var cpu = ManagementFactory.getThreadMXBean();
        var start = cpu.getCurrentThreadCpuTime();
        var routes = valid(toml).delivery().routes();
        System.out.println("a configuration with 40,000 SMTP routes, " + toml.length() / 1_000 + " kB: read in "
                + Duration.ofNanos(cpu.getCurrentThreadCpuTime() - start).toMillis() + " ms of CPU");

        assertThat(routes.byMatch()).hasSize(40_000);
    }

    @Test
    void relativeLogFilesStartInTheLogDirectory() {
        var settings =
                valid("[node]\ndata-directory = \"/srv/gw\"\n[[log]]\nname = \"mail_logs_d\"\nlevel = \"debug\"\n");

        assertThat(settings.logs()).singleElement().satisfies(log -> {
            assertThat(log.file()).isEqualTo(Path.of("/srv/gw/log/mail_logs_d"));
            assertThat(log.level()).isEqualTo(Level.DEBUG);
        });
    }

    @Test
    void aLogIsKeptAsItsTableSays() {
        var settings = valid("""
                [node]
                data-directory = "/srv/gw"
                [[log]]
                name = "everything"
                level = "trace"
                file = "/var/log/everything.json"
                format = "json"
                max-megabytes = 7
                roll-over = "hourly"
                files = 4
                """);

        assertThat(settings.logs())
                .containsExactly(new LogSubscription(
                        "everything",
                        Level.TRACE,
                        Path.of("/var/log/everything.json"),
                        LogFormat.JSON,
                        new Keeping(7_000_000, RollOver.HOURLY, 4)));
    }

    @Test
    void aLogThatIsNotEnabledIsNotWrittenAndNoOtherInItsPlace() {
        assertThat(valid("[[log]]\nname = \"mail_logs_d\"\nenabled = false\n").logs())
                .isEmpty();
        assertThat(valid("").logs())
                .extracting(LogSubscription::name, LogSubscription::level)
                .containsExactly(tuple("mail_logs", Level.INFO));
    }

    @Test
    void authenticationAndRatesComeThrough() throws IOException {
        Files.writeString(
                folder.resolve("users"),
                "app:{PBKDF2-SHA256}1000$c2FsdHNhbHQ$hgR9HsqtKupWxpnv8y99TrPDajTT/9PcSTlNafpdLXQ\n");
        var settings = valid(RELAY.replace("""
                action = "relay"
                """, """
                action = "relay"
                sender-rate-per-minute = 20
                client-ipv4-prefix = 24
                client-ipv6-prefix = 64
                """) + "[auth]\nusers-file = \"users\"\n");

        assertThat(settings.usersFile()).contains(folder.resolve("users"));
        assertThat(settings.listeners()
                        .getFirst()
                        .groups()
                        .getFirst()
                        .policy()
                        .limits()
                        .rates())
                .isEqualTo(new MailFlowPolicy.Rates(OptionalInt.empty(), OptionalInt.of(20), 24, 64));
    }

    @Test
    void theProblemsOfTheUsersFileAreThoseOfTheConfiguration() throws IOException {
        Files.writeString(folder.resolve("users"), "app:secret\n\nbackup\n");

        assertThat(problems("[auth]\nusers-file = \"users\"\n"))
                .containsExactly(
                        "2:1: " + folder.resolve("users") + ":1: a hash has the form"
                                + " {PBKDF2-SHA256}iterations$salt$hash, which danelaw config hash-password makes",
                        "2:1: " + folder.resolve("users") + ":3: a line has the form name:hash");
    }

    @Test
    void settingsWithoutEffectAreSaidToHaveNone() {
        var reading = ConfigFile.parse("[web]\naddress = \"127.0.0.1:8443\"\n", folder);

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Valid.class,
                        valid -> assertThat(valid.notes())
                                .extracting(note -> note.in(Path.of("gw.toml")))
                                .containsExactly("gw.toml:2:1: address is not yet in force: it has no effect"));
    }

    @Test
    void everyProblemIsReportedAtOnceInTheOrderOfTheFile() {
        assertThat(problems("""
                        [node]
                        hostnam = "gw.example.org"
                        [dns]
                        nsec3-iterations = "many"
                        sha1 = "acept"
                        [[dns.resolver]]
                        priority = 70000
                        [delivery]
                        port = 0
                        """))
                .containsExactly(
                        "2:1: unknown key \"hostnam\" in [node]: did you mean \"hostname\"?",
                        "4:1: nsec3-iterations takes a whole number from 0 to 500, not \"many\"",
                        "5:1: sha1 takes \"accept\" or \"insecure\", not \"acept\": did you mean \"accept\"?",
                        "6:1: address is missing in [[dns.resolver]]",
                        "7:1: priority takes a whole number from 0 to 65535, not 70000",
                        "9:1: port takes a whole number from 1 to 65535, not 0");
    }

    /// Each file under `broken/` is a configuration whose comments `#! LINE:COLUMN: text` are its problems,
    /// all of them.
    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenFiles")
    void aBrokenFileHasExactlyTheProblemsThatItsCommentsSay(String name) throws IOException {
        String toml = resource("broken/" + name);
        String expected = toml.lines()
                .filter(line -> line.startsWith("#! "))
                .map(line -> line.substring(3))
                .collect(Collectors.joining("\n"));

        assertThat(String.join("\n", problems(toml)).replace(folder.toString(), "FOLDER"))
                .isEqualTo(expected);
    }

    static List<String> brokenFiles() throws IOException {
        return resource("broken/INDEX").lines().toList();
    }

    @Test
    void aFileThatIsNotThereIsOneProblem() {
        assertThat(ConfigFile.read(folder.resolve("none.toml")))
                .isEqualTo(new Reading.Invalid(List.of(new Problem(new Position(1, 1), "there is no such file"))));
    }

    @Test
    void aFileThatIsNoTextIsOneProblem() throws IOException {
        var file = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThat(ConfigFile.read(file))
                .isEqualTo(
                        new Reading.Invalid(List.of(new Problem(new Position(1, 1), "this file is not UTF-8 text"))));
    }

    private Settings valid(String toml) {
        return switch (ConfigFile.parse(toml, folder)) {
            case Reading.Valid(var settings, var notes) -> settings;
            case Reading.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }

    private List<String> problems(String toml) {
        return switch (ConfigFile.parse(toml, folder)) {
            case Reading.Valid valid -> List.of();
            case Reading.Invalid(var problems) ->
                problems.stream()
                        .map(problem -> problem.in(Path.of("f")).substring("f:".length()))
                        .toList();
        };
    }

    private static String resource(String name) throws IOException {
        try (var in = ConfigFileTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Name name(String text) {
        return Name.fromConstantString(text + ".");
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
