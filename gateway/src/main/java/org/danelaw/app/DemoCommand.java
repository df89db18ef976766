package org.danelaw.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.danelaw.admin.Arguments;
import org.danelaw.admin.Option;
import org.danelaw.dns.FailureText;

/// `danelaw demo`: a signed internet on loopback with the gateway in front of it.
final class DemoCommand implements Command {
    private static final Option SECONDS =
            Option.with("--seconds", "N", "keep it running so long after the table, whether or not anybody asks");

    private static final int MOST_SECONDS = 86_400;

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public String purpose() {
        return "show a signed internet on loopback, mail to every domain of it, and what became of each";
    }

    @Override
    public List<Option> options() {
        return List.of(SECONDS);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        var seconds = arguments.last(SECONDS);
        if (!arguments.operands().isEmpty()
                || seconds.filter(text -> !isFit(text)).isPresent()) {
            console.complain("demo: say danelaw demo, or danelaw demo --seconds N with N up to " + MOST_SECONDS);
            return ExitStatus.USAGE;
        }
        return run(seconds.map(text -> Duration.ofSeconds(Integer.parseInt(text))), console);
    }

    private static boolean isFit(String seconds) {
        return seconds.matches("[0-9]{1,9}") && Integer.parseInt(seconds) <= MOST_SECONDS;
    }

    private static int run(Optional<Duration> afterwards, Console console) {
        try (var folder = TemporaryFolder.create("danelaw-demo")) {
            return run(folder.path(), afterwards, console);
        } catch (IOException cannot) {
            console.complain("demo: " + FailureText.of(cannot));
            return ExitStatus.UNAVAILABLE;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ExitStatus.NOT_AS_EXPECTED;
        }
    }

    private static int run(Path folder, Optional<Duration> afterwards, Console console)
            throws IOException, InterruptedException {
        var demo = new Demo(Screen.of(console.out()), folder);
        demo.introduce();
        try (var world = demo.start()) {
            boolean allIsWell = demo.show(world);
            new DemoQuestions(world.configuration(DemoMode.OPPORTUNISTIC), console).take(afterwards);
            return allIsWell ? ExitStatus.OK : ExitStatus.NOT_AS_EXPECTED;
        }
    }
}
