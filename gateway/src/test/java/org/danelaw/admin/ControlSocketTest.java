package org.danelaw.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.danelaw.admin.ControlClient.Greeting;
import org.danelaw.admin.ControlClient.Result;
import org.danelaw.events.Event;
import org.danelaw.events.SystemEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlSocketTest {
    @TempDir
    private Path folder;

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CompletableFuture<String> how = new CompletableFuture<>();
    private final List<ControlSocket> opened = new ArrayList<>();
    private Path socket;

    @BeforeEach
    void listen() throws IOException {
        socket = folder.resolve("control.sock");
        open();
    }

    @AfterEach
    void stop() throws IOException {
        for (var each : opened) {
            each.close();
        }
    }

    private ControlSocket open() throws IOException {
        var registry = Registry.of(
                List.of(Fakes.echo(), Fakes.destroy(), Fakes.endless(begun, ended), Fakes.slow(begun, how)),
                new Suggestions(Map.of(Operand.Kind.DOMAIN, () -> List.of("two.example", "one.example"))));
        var control =
                ControlSocket.open(socket, "gw.example", registry, events::add).start();
        opened.add(control);
        return control;
    }

    @Test
    void onlyTheOwnerMayOpenIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        try (var left = Files.list(folder)) {
            assertThat(left).as("nothing of its making is left").containsExactly(socket);
        }
    }

    @Test
    void aCommandAnswersAsTextOrAsJson() {
        assertThat(run("echo", "a\\n", "two words")).isEqualTo("""
                Word       Length
                a\\n             3
                two words       9
                """);
        assertThat(run("echo", "--json", "ä\n", "two words"))
                .isEqualTo(
                        "{\"words\":[{\"word\":\"ä\\u000a\",\"length\":2},{\"word\":\"two words\",\"length\":9}]}\n");
    }

    @Test
    void whatAPeerChoseCannotSteerTheTerminal() {
        assertThat(run("echo", "\u001b[2J\u202e")).contains("?[2J?").doesNotContain("\u001b");
    }

    @Test
    void aLongAnswerArrivesWholeInPieces() {
        var word = "\ud83d\udce8".repeat(9_999);
        assertThat(run("echo", word, word)).contains(word).hasSizeGreaterThan(2 * word.length());
    }

    @Test
    void aQuestionIsAnsweredByItsOperatorAndSilenceIsNo() {
        var yes = new Fakes.Noting("y");
        assertThat(client().run(List.of("destroy"), yes)).isEqualTo(new Result.Ended(0));
        assertThat(yes.asked).hasToString("Are you sure? [N]> ");
        assertThat(yes.out).hasToString("All is gone.\n");

        var silent = new Fakes.Noting();
        assertThat(client().run(List.of("destroy"), silent)).isEqualTo(new Result.Ended(1));
        assertThat(silent.err).hasToString("nothing was destroyed\n");
    }

    @Test
    void whoChangesSomethingIsInTheLog() {
        client().run(List.of("destroy"), new Fakes.Noting("y"));
        client().run(List.of("echo"), new Fakes.Noting());
        assertThat(events)
                .containsExactly(new SystemEvent.CommandGiven(System.getProperty("user.name"), "destroy", "done"));
    }

    @Test
    void whatIsNotUnderstoodIsOneLineAndAUsageError() {
        for (var words : List.of(
                List.of("ecko"), List.of("echo", "--nonsense"), List.of("destroy", "x"), List.of("help", "me"))) {
            var operator = new Fakes.Noting();
            assertThat(client().run(words, operator)).as("%s", words).isEqualTo(new Result.Ended(64));
            assertThat(operator.err.toString().lines()).as("%s", words).hasSize(1);
        }
        var operator = new Fakes.Noting();
        client().run(List.of("ecko"), operator);
        assertThat(operator.err).hasToString("there is no command ecko: did you mean echo?\n");
    }

    @Test
    void commandsOptionsAndDestinationsAreCompleted() {
        assertThat(client().candidates(List.of("e"))).containsExactly("echo", "endless");
        assertThat(client().candidates(List.of("echo", ""))).containsExactly("one.example", "two.example");
        assertThat(client().candidates(List.of("echo", "--json", "x", "t"))).containsExactly("two.example");
        assertThat(client().candidates(List.of("echo", "--"))).containsExactly("--json");
        assertThat(client().candidates(List.of("nothing", ""))).isEmpty();
    }

    @Test
    void aCommandWhoseOperatorLeavesIsEnded() throws Exception {
        try (var channel = connect()) {
            say(channel, "danelaw 1\nword endless\nrun\n");
            begun.await();
        }
        ended.await();
        assertThat(client().greeting()).isEqualTo(new Greeting.Name("gw.example"));
    }

    @Test
    void aChangeWhoseOperatorLeavesIsMadeWholeAndAsksNothingMore() throws Exception {
        try (var channel = connect()) {
            say(channel, "danelaw 1\nword slow\nrun\n");
            begun.await();
        }
        assertThat(how.get()).startsWith("not interrupted; asked: ").endsWith("; asked again: the operator is gone");
    }

    @Test
    void aQuestionThatIsNotAnsweredInTimeIsNoEmptyAnswer() throws Exception {
        try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            var path = folder.resolve("x.sock");
            listening.bind(UnixDomainSocketAddress.of(path));
            try (var near = Link.over(SocketChannel.open(UnixDomainSocketAddress.of(path)));
                    var far = listening.accept();
                    var output = SessionOutput.over(
                            near, List.of("x"), SessionOutput.WhenGone.LET_IT_END, Duration.ofMillis(1))) {
                assertThatThrownBy(() -> output.ask("Sure? "))
                        .isInstanceOf(IOException.class)
                        .hasMessage("nobody answered for 0 s: nothing was changed");
                assertThat(far.isOpen()).isTrue();
            }
        }
    }

    @Test
    void theStopOfTheGatewayEndsCommands() throws Exception {
        try (var channel = connect()) {
            say(channel, "danelaw 1\nword endless\nrun\n");
            begun.await();
            opened.getFirst().close();
            ended.await();
            assertThat(Files.exists(socket)).isFalse();
        }
    }

    @Test
    void stuckClientsHoldNobodyUpUntilThereAreTooMany() throws IOException {
        var stuck = new ArrayList<SocketChannel>();
        try {
            for (int i = 1; i < ControlSocket.MAX_SESSIONS; i++) {
                stuck.add(connect());
            }
            try (var channel = connect()) {
                say(channel, "danelaw 1\nword echo\nword x\nrun\n");
                assertThat(all(channel)).contains("end 0\n");
            }
            stuck.add(connect());
            var operator = new Fakes.Noting();
            assertThat(client().run(List.of("echo"), operator)).isEqualTo(new Result.Ended(69));
            assertThat(operator.err).hasToString("there are 32 commands under way already: try again later\n");
        } finally {
            for (var each : stuck) {
                each.close();
            }
        }
    }

    @Test
    void aRequestThatIsTooLongOrOfAnotherVersionIsRefused() throws IOException {
        try (var channel = connect()) {
            say(channel, "danelaw 1\n" + "word x\n".repeat(ControlSession.MAX_WORDS + 1));
            assertThat(all(channel)).contains("err a command has at most 200 words\\n\nend 64\n");
        }
        try (var channel = connect()) {
            say(channel, "danelaw 2\n");
            assertThat(all(channel))
                    .contains("err this gateway speaks version 1 ")
                    .contains("end 64\n");
        }
    }

    @Test
    void whatACrashLeftIsReplacedAndALivingGatewayIsNot() throws IOException {
        assertThatThrownBy(this::open).hasMessage("another Danelaw answers at the control socket " + socket);

        opened.getFirst().close();
        try (var crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(Files.exists(socket)).as("Java leaves the file behind").isTrue();
        open();
        assertThat(run("echo", "x")).contains("x");
    }

    @Test
    void whatIsNoSocketIsLeftAlone() throws IOException {
        opened.getFirst().close();
        Files.writeString(socket, "precious");
        assertThatThrownBy(this::open).hasMessage(socket + " is there already and is no socket: it is left alone");
        assertThat(socket).hasContent("precious");
    }

    @Test
    void whatFailsOnItsOwnSideIsToldToTheOperatorAndTheLog() throws IOException {
        var moved = Files.move(socket, folder.resolve("moved.sock"));
        var operator = new Fakes.Noting();
        assertThat(new ControlClient(moved).run(List.of("echo"), operator)).isEqualTo(new Result.Ended(69));
        assertThat(operator.err.toString()).startsWith("nobody can be served, for it is not known whose gateway");
        assertThat(events)
                .containsExactly(new SystemEvent.Impaired(
                        "control socket: " + operator.err.toString().strip()));
    }

    @Test
    void aPathThatIsTooLongIsSaidInASentence() {
        socket = folder.resolve("x".repeat(120)).resolve("control.sock");
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("[admin] socket can name a shorter one");
    }

    @Test
    void whereNoGatewayIsTheClientSaysSo() throws IOException {
        opened.getFirst().close();
        assertThat(client().run(List.of("echo"), new Fakes.Noting()))
                .isInstanceOfSatisfying(
                        Result.NoGateway.class,
                        gone -> assertThat(gone.why()).startsWith("no gateway answers at " + socket));
        assertThat(client().greeting()).isInstanceOf(Greeting.NoGateway.class);
        assertThat(client().candidates(List.of("e"))).isEmpty();
    }

    private ControlClient client() {
        return new ControlClient(socket);
    }

    private String run(String... words) {
        var operator = new Fakes.Noting();
        assertThat(client().run(List.of(words), operator)).isEqualTo(new Result.Ended(0));
        assertThat(operator.err).isEmpty();
        return operator.out.toString();
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    private static void say(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private static String all(SocketChannel channel) throws IOException {
        return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
    }
}
