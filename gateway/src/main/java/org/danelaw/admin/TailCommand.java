package org.danelaw.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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
        var file = LogNames.file(office.logs(), name);
        if (file.isEmpty()) {
            return out.misunderstand(LogNames.unknown(office.logs(), name));
        }
        var follower = new Follower(file.get(), out);
        follower.begin(lines.getAsInt());
        while (!request.has(NO_FOLLOW)) {
            Thread.sleep(GLANCE);
            follower.goOn();
        }
        return Ended.DONE;
    }

    /// Reads on in a file, and in the one that takes its place at a roll-over.
    private static final class Follower {
        private static final int PIECE = 65_536;

        private final Path file;
        private final Output out;
        private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
        private Object inode = "";
        private long at;

        Follower(Path file, Output out) {
            this.file = file;
            this.out = out;
        }

        void begin(int lines) throws IOException {
            inode = inode();
            long size = Files.size(file);
            at = Math.max(0, size - MAX_END_OCTETS);
            var end = read(size);
            if (size > MAX_END_OCTETS && !end.isEmpty()) {
                end = end.subList(1, end.size());
            }
            tell(end.subList(Math.max(0, end.size() - lines), end.size()));
        }

        void goOn() throws IOException {
            if (!Files.exists(file)) {
                return;
            }
            var now = inode();
            if (!now.equals(inode) || Files.size(file) < at) {
                inode = now;
                at = 0;
                begun.reset();
            }
            tell(read(Files.size(file)));
        }

        private Object inode() throws IOException {
            return Objects.requireNonNullElse(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey(), "");
        }

        /// The lines that end before `size`.
        private List<String> read(long size) throws IOException {
            var lines = new ArrayList<String>();
            try (var from = new RandomAccessFile(file.toFile(), "r")) {
                from.seek(at);
                var piece = new byte[PIECE];
                while (at < size) {
                    int count = from.read(piece, 0, (int) Math.min(PIECE, size - at));
                    if (count < 0) {
                        break;
                    }
                    at += count;
                    take(piece, count, lines);
                }
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
