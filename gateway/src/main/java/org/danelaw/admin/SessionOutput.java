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
/// operator's end: then the command is interrupted.
final class SessionOutput implements Output, Closeable {
    /// How long a question waits for its answer.
    static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(10);

    /// Text is sent in pieces of this length.
    private static final int PIECE = 8_192;

    private final Link link;
    private final boolean json;
    private final StringBuilder held = new StringBuilder();
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>(1);
    private final Thread listener;

    private SessionOutput(Link link, boolean json, Thread command) {
        this.link = link;
        this.json = json;
        listener = Thread.ofPlatform().name("admin-listener").daemon().unstarted(() -> listen(command));
    }

    /// Output of the command of this thread.
    static SessionOutput over(Link link, List<String> words) {
        var output = new SessionOutput(link, words.contains(Manual.JSON.name()), Thread.currentThread());
        output.listener.start();
        return output;
    }

    private void listen(Thread command) {
        try {
            var line = link.read(Link.FOR_EVER);
            while (line.isPresent()) {
                var frame = Frame.of(line.get());
                answers.put(frame.kind().equals(Frame.ANSWER) ? Optional.of(frame.text()) : Optional.empty());
                line = link.read(Link.FOR_EVER);
            }
            command.interrupt();
        } catch (IOException gone) {
            command.interrupt();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
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
        flush();
        link.write(new Frame(Frame.ASK, prompt).line());
        var answer = answers.poll(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        return answer == null ? Optional.empty() : answer;
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
