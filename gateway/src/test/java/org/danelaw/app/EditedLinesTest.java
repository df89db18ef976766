package org.danelaw.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.danelaw.admin.ControlClient;
import org.danelaw.config.ConfigFile;
import org.danelaw.config.ConfigText;
import org.danelaw.delivery.Dialer;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The shell as somebody at a terminal has it, over a running gateway.
@Timeout(60)
class EditedLinesTest {
    private static final String TAB = "\t";
    private static final String ARROW_UP = "\033OA";
    private static final String CTRL_C = "\003";
    private static final String CTRL_D = "\004";

    @TempDir
    private Path folder;

    private final Screen screen = new Screen();
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private Path history;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        history = folder.resolve("history");
        var configuration = new ConfigText(folder.resolve("gw.toml"), """
                [node]
                hostname = "gw.example"
                data-directory = "data"
                [[dns.resolver]]
                address = "127.0.0.1:9"
                """);
        Files.writeString(configuration.file(), configuration.text());
        if (!(configuration.read() instanceof ConfigFile.Reading.Valid(var settings, var _))) {
            throw new IllegalStateException("the configuration has problems");
        }
        gateway = Gateway.start(configuration, settings, Dialer::tcp);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    void tabCompletesCommandsAndWhatTheyTake() throws Exception {
        var status = shell(folder.resolve("data/control.sock"));
        screen.await("gw.example> ");
        press("versi" + TAB);
        screen.await("version");
        press("\r");
        screen.await("Danelaw:  development");
        press("grep nothing mail" + TAB);
        screen.await("mail_logs");
        press("\r" + CTRL_D);
        assertThat(status.get()).as("grep found nothing").isEqualTo(1);
    }

    @Test
    void arrowUpBringsTheLastCommandAndAnswersAndPasswordsAreNotKept() throws Exception {
        var status = shell(folder.resolve("data/control.sock"));
        screen.await("gw.example> ");
        press("version\r");
        screen.await("Danelaw:  development");
        screen.await("gw.example> ");
        press("destconfig set a.example dane=mandatory\r");
        screen.await("gw.example> ");
        press("commit\r");
        screen.await("Comment: []> ");
        press("the bank asked\r");
        screen.await("revision 2 is in force");
        press("help password\r");
        screen.await("there is no command password");
        screen.forget();
        press(ARROW_UP);
        screen.await("commit");
        press(ARROW_UP + ARROW_UP + "\r");
        screen.await("Danelaw:  development");
        press(CTRL_D);
        assertThat(status.get()).isZero();
        assertThat(Files.readString(history))
                .contains("version", "destconfig set a.example", "commit")
                .doesNotContain("the bank asked", "password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
    }

    @Test
    void ctrlCAbandonsTheLineAndTheCommandUnderWay() throws Exception {
        var status = shell(folder.resolve("data/control.sock"));
        screen.await("gw.example> ");
        press("suspenddel");
        screen.await("suspenddel");
        press(CTRL_C);
        screen.await("gw.example> ");
        press("version\r");
        screen.await("Danelaw:  development");
        press("tail mail_logs\r");
        screen.await("started");
        press(CTRL_C);
        screen.await("gw.example> ");
        press(CTRL_D);
        assertThat(status.get()).isEqualTo(130);
        assertThat(Files.readString(folder.resolve("data/log/mail_logs"))).doesNotContain("suspenddel");
    }

    @Test
    void aGatewayThatIsLostWithinACommandIsOneClearLine() throws Exception {
        var socket = folder.resolve("lost.sock");
        try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            var status = shell(socket);
            for (int connection = 0; connection < 2; connection++) {
                try (var channel = listening.accept()) {
                    channel.write(ByteBuffer.wrap("danelaw 1 gw.example\n".getBytes(UTF_8)));
                    if (connection == 0) {
                        screen.await("gw.example> ");
                        press("suspenddel\r");
                    }
                }
            }
            screen.await(
                    "danelaw: cli: the gateway at " + socket + " was lost before it said what came of the command");
            press(CTRL_D);
            assertThat(status.get()).isEqualTo(69);
        }
    }

    @Test
    void aHistoryThatOthersCouldReadIsClosedToThem() throws Exception {
        Files.writeString(history, "");
        Files.setPosixFilePermissions(history, PosixFilePermissions.fromString("rw-r--r--"));
        var status = shell(folder.resolve("data/control.sock"));
        screen.await("gw.example> ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
        press("exit\r");
        assertThat(status.get()).isZero();
    }

    /// Runs the shell; what it ends with.
    private CompletableFuture<Integer> shell(Path socket) throws IOException {
        var terminal = new ExternalTerminal("test", "xterm", new PipedInputStream(keyboard), screen, UTF_8);
        var out = new PrintStream(screen, true, UTF_8);
        var console = new Console(new BufferedReader(Reader.nullReader()), out, out);
        var client = new ControlClient(socket);
        var status = new CompletableFuture<Integer>();
        Thread.ofPlatform().daemon().start(() -> {
            try (var lines = EditedLines.at(terminal, history, client, console)) {
                status.complete(new Shell(client, lines, console).run());
            } catch (IOException | RuntimeException failed) {
                status.completeExceptionally(failed);
            }
        });
        return status;
    }

    private void press(String keys) throws IOException {
        keyboard.write(keys.getBytes(UTF_8));
        keyboard.flush();
    }

    /// What is seen; a text that was waited for is not found again.
    private static final class Screen extends java.io.OutputStream {
        private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
        private int seen;

        @Override
        public synchronized void write(int octet) {
            shown.write(octet);
            notifyAll();
        }

        synchronized void await(String text) throws InterruptedException {
            int at = plain().indexOf(text, seen);
            while (at < 0) {
                wait();
                at = plain().indexOf(text, seen);
            }
            seen = at + text.length();
        }

        synchronized void forget() {
            seen = plain().length();
        }

        private String plain() {
            return shown.toString(UTF_8).replaceAll("\033\\[[?0-9;]*[a-zA-Z]|\033[=>]|\033\\([A-Z]", "");
        }
    }
}
