package org.danelaw.admin;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A command's output, on its way to the operator. A thread of its own listens for answers, and for the
/// operator's end: then a command that only shows something is interrupted. One that changes something is not, for
/// what it has begun is to be whole; but it gets no answer any more.
final class SessionOutput implements Output, Closeable {
    /// How long a question waits for its answer.
    static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(10);

    /// Text is sent in pieces of this length.
    private static final int PIECE = 8_192;

    private static final String GONE = "the operator is gone";

    private final Link link;
    private final boolean json;
    private final WhenGone whenGone;
    private final StringBuilder held = new StringBuilder();
    private final BlockingQueue<Heard> answers = new LinkedBlockingQueue<>(1);
    private final Duration patience;
    private final Thread listener;

    private SessionOutput(Link link, boolean json, WhenGone whenGone, Duration patience, Thread command) {
        this.link = link;
        this.json = json;
        this.whenGone = whenGone;
        this.patience = patience;
        listener = Thread.ofPlatform().name("admin-listener").daemon().unstarted(() -> listen(command));
    }

    /// What becomes of a command whose operator is gone.
    enum WhenGone {
        INTERRUPT,
        LET_IT_END
    }

    /// What came from the operator's side.
    private sealed interface Heard {
        record Answer(String text) implements Heard {}

        record Silence() implements Heard {}

        record Gone() implements Heard {}
    }

    /// Output of the command of this thread.
    static SessionOutput over(Link link, List<String> words, WhenGone whenGone) {
        return over(link, words, whenGone, ANSWER_TIMEOUT);
    }

    static SessionOutput over(Link link, List<String> words, WhenGone whenGone, Duration patience) {
        var output =
                new SessionOutput(link, words.contains(Manual.JSON.name()), whenGone, patience, Thread.currentThread());
        output.listener.start();
        return output;
    }

    private void listen(Thread command) {
        try {
            var heard = hear();
            while (!(heard instanceof Heard.Gone)) {
                answers.put(heard);
                heard = hear();
            }
            switch (whenGone) {
                case INTERRUPT -> command.interrupt();
                case LET_IT_END -> answers.put(heard);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private Heard hear() {
        try {
            return link.read(Link.FOR_EVER)
                    .map(Frame::of)
                    .<Heard>map(frame ->
                            frame.kind().equals(Frame.ANSWER) ? new Heard.Answer(frame.text()) : new Heard.Silence())
                    .orElseGet(Heard.Gone::new);
        } catch (IOException broken) {
            return new Heard.Gone();
        }
    }

    @Override
    public void show(Answer answer) throws IOException {
        write(answer);
    }

    @Override
    public void result(Answer answer) throws IOException {
        write(answer);
        flush();
    }

    private void write(Answer answer) throws IOException {
        var pieces = new Pieces();
        if (json) {
            JsonForm.write(answer, pieces);
        } else {
            TextForm.write(answer, ZoneId.systemDefault(), pieces);
        }
    }

    @Override
    public void line(String text) throws IOException {
        if (!json) {
            hold(Value.printable(text) + "\n");
            flush();
        }
    }

    @Override
    public void complain(String sentence) throws IOException {
        flush();
        link.write(new Frame(Frame.ERR, Value.printable(sentence) + "\n").line());
    }

    @Override
    public Optional<String> ask(String prompt) throws IOException, InterruptedException {
        if (answers.peek() instanceof Heard.Gone) {
            throw new IOException(GONE);
        }
        flush();
        link.write(new Frame(Frame.ASK, prompt).line());
        var heard = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return switch (heard) {
            case null ->
                throw new IOException("nobody answered for " + patience.toSeconds() + " s: nothing was changed");
            case Heard.Gone gone -> {
                answers.put(gone);
                throw new IOException(GONE);
            }
            case Heard.Silence silence -> Optional.empty();
            case Heard.Answer(var text) -> Optional.of(text);
        };
    }

    @Override
    public boolean isJson() {
        return json;
    }

    private void hold(CharSequence text) throws IOException {
        held.append(text);
        while (held.length() >= PIECE) {
            int end = Character.isHighSurrogate(held.charAt(PIECE - 1)) ? PIECE - 1 : PIECE;
            link.write(new Frame(Frame.OUT, held.substring(0, end)).line());
            held.delete(0, end);
        }
    }

    void flush() throws IOException {
        if (!held.isEmpty()) {
            link.write(new Frame(Frame.OUT, held.toString()).line());
            held.setLength(0);
        }
    }

    /// The command is over.
    @Override
    public void close() {
        listener.interrupt();
    }

    /// Takes text in pieces of any length.
    private final class Pieces implements Appendable {
        @Override
        public Appendable append(CharSequence text) throws IOException {
            hold(text);
            return this;
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) throws IOException {
            return append(text.subSequence(start, end));
        }

        @Override
        public Appendable append(char c) throws IOException {
            return append(String.valueOf(c));
        }
    }
}
