package org.danelaw.admin;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.danelaw.admin.Answer.Column;
import org.danelaw.admin.Answer.Rows;

/// Commands that do what a test needs.
final class Fakes {
    private Fakes() {}

    /// What a fake does.
    @FunctionalInterface
    interface Deed {
        Ended run(Request request, Output out) throws java.io.IOException, InterruptedException;
    }

    static AdminCommand command(Manual manual, Deed deed) {
        return new AdminCommand() {
            @Override
            public Manual manual() {
                return manual;
            }

            @Override
            public Ended run(Request request, Output out) throws java.io.IOException, InterruptedException {
                return deed.run(request, out);
            }
        };
    }

    /// Shows its operands as a table.
    static AdminCommand echo() {
        return command(
                Manual.of("echo", "show the words that it is given")
                        .taking(Operand.anyNumber("WORD", Operand.Kind.DOMAIN)),
                (request, out) -> out.done(Answer.EMPTY.table(
                        "words",
                        List.of(Column.of("word", "Word"), Column.of("length", "Length")),
                        Rows.of(request.operands().stream()
                                .map(word -> List.of(Value.of(word), Value.of(word.length())))
                                .toList()))));
    }

    /// Destroys nothing, and asks before it does so.
    static AdminCommand destroy() {
        return command(
                Manual.of("destroy", "ask, and then say that all is gone").changing(),
                (request, out) -> out.confirm("Are you sure?")
                        ? out.done(Answer.saying("All is gone."))
                        : out.refuse("nothing was destroyed"));
    }

    /// Runs until its operator leaves, and then counts down.
    static AdminCommand endless(CountDownLatch begun, CountDownLatch ended) {
        return command(Manual.of("endless", "run until its operator leaves"), (request, out) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                return Ended.DONE;
            } finally {
                ended.countDown();
            }
        });
    }

    /// Changes something until its operator is gone, and says how that was.
    static AdminCommand slow(CountDownLatch begun, CompletableFuture<String> how) {
        return command(Manual.of("slow", "change something for long").changing(), (request, out) -> {
            begun.countDown();
            var first = refusal(out, "");
            var again = refusal(out, "the operator is gone");
            how.complete((Thread.currentThread().isInterrupted() ? "interrupted" : "not interrupted") + "; asked: "
                    + first + "; asked again: " + again);
            return Ended.DONE;
        });
    }

    /// Why it cannot be asked, as soon as it cannot, and that with `wanted` in it.
    private static String refusal(Output out, String wanted) throws InterruptedException {
        while (true) {
            try {
                out.ask("Still there? ");
            } catch (java.io.IOException why) {
                var text = String.valueOf(why.getMessage());
                if (text.contains(wanted)) {
                    return text;
                }
            }
        }
    }

    /// An operator who notes what is said, and answers with `answers` in their order.
    static final class Noting implements ControlClient.Operator {
        final StringBuilder out = new StringBuilder();
        final StringBuilder err = new StringBuilder();
        final StringBuilder asked = new StringBuilder();
        private final java.util.ArrayDeque<String> answers;

        Noting(String... answers) {
            this.answers = new java.util.ArrayDeque<>(List.of(answers));
        }

        @Override
        public void out(String piece) {
            out.append(piece);
        }

        @Override
        public void err(String piece) {
            err.append(piece);
        }

        @Override
        public Optional<String> ask(String prompt) {
            asked.append(prompt);
            return Optional.ofNullable(answers.poll());
        }
    }
}
