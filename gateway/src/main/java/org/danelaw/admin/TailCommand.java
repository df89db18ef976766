package org.danelaw.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `tail`: the end of a log, and what is added to it, until the operator has seen enough.
record TailCommand(Office office) implements AdminCommand {
    private static final int USUAL_LINES = 10;

    /// The last lines are looked for in no more than this.
    private static final int MAX_END_OCTETS = 1 << 20;

    /// How often the file is looked at.
    private static final Duration GLANCE = Duration.ofMillis(200);

    private static final Option LINES = Option.with("--lines", "N", "begin with so many lines that are there (10)");
    private static final Option NO_FOLLOW = Option.flag("--no-follow", "end with the lines that are there");

    @Override
    public Manual manual() {
        return Manual.of("tail", "show the end of a log, and what is added, until Ctrl-C")
                .taking(Operand.required("LOG", Operand.Kind.LOG))
                .with(LINES, NO_FOLLOW)
                .example("tail mail_logs", "watch deliveries");
    }

    @Override
    public Ended run(Request request, Output out) throws IOException, InterruptedException {
        var lines = Numbers.of(request.value(LINES), USUAL_LINES);
        if (lines.isEmpty()) {
            return out.misunderstand("--lines takes a number from 1 to " + Numbers.MOST);
        }
        var name = request.operand(0).orElseThrow();
        var trail = LogNames.trail(office.logs(), name);
        if (trail.isEmpty()) {
            return out.misunderstand(LogNames.unknown(office.logs(), name));
        }
        try (var follower = new Follower(trail.get(), out)) {
            follower.begin(lines.getAsInt());
            while (!request.has(NO_FOLLOW)) {
                Thread.sleep(GLANCE);
                follower.goOn();
            }
            return Ended.DONE;
        }
    }

    /// Reads on in a file to its end, then in those that took its place.
    static final class Follower implements Closeable {
        private static final int PIECE = 65_536;

        private final LogTrail trail;
        private final Output out;
        private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
        private Optional<LogTrail.OpenFile> file = Optional.empty();

        Follower(LogTrail trail, Output out) {
            this.trail = trail;
            this.out = out;
        }

        void begin(int lines) throws IOException {
            file = trail.current();
            if (file.isEmpty()) {
                return;
            }
            var channel = file.get().channel();
            boolean isWhole = channel.size() <= MAX_END_OCTETS;
            channel.position(Math.max(0, channel.size() - MAX_END_OCTETS));
            var end = read(channel);
            if (!isWhole && !end.isEmpty()) {
                end = end.subList(1, end.size());
            }
            tell(end.subList(Math.max(0, end.size() - lines), end.size()));
        }

        void goOn() throws IOException {
            if (file.isEmpty()) {
                file = trail.current();
            }
            while (file.isPresent()) {
                var open = file.get();
                // Asked first: what is written until it is not the current file any more is in it by then.
                var next = trail.after(open);
                if (open.channel().size() < open.channel().position()) {
                    // Somebody has cut it short.
                    open.channel().position(0);
                    begun.reset();
                }
                tell(read(open.channel()));
                if (next.isEmpty()) {
                    return;
                }
                begun.reset();
                file = next;
                open.close();
            }
        }

        @Override
        public void close() throws IOException {
            if (file.isPresent()) {
                file.get().close();
            }
        }

        /// The lines that have ended by now.
        private List<String> read(FileChannel channel) throws IOException {
            var lines = new ArrayList<String>();
            long size = channel.size();
            var piece = ByteBuffer.allocate(PIECE);
            while (channel.position() < size && channel.read(piece.clear()) > 0) {
                take(piece.array(), piece.position(), lines);
            }
            return lines;
        }

        private void take(byte[] piece, int count, List<String> lines) {
            for (int i = 0; i < count; i++) {
                if (piece[i] == '\n') {
                    lines.add(begun.toString(UTF_8));
                    begun.reset();
                } else {
                    begun.write(piece[i]);
                }
            }
        }

        private void tell(List<String> lines) throws IOException {
            for (var line : lines) {
                out.result(Answer.EMPTY.line(line).member("line", Value.of(line).json()));
            }
        }
    }
}
