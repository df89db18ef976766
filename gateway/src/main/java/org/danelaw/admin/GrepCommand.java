package org.danelaw.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// `grep`: the lines of a log that a pattern is found in, its older files included.
record GrepCommand(Office office) implements AdminCommand {
    /// A pattern may be such that looking for it would take years: the whole search takes no longer than
    /// this.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MAX_PATTERN_CHARACTERS = 1_000;
    private static final Option IGNORE_CASE = Option.flag("-i", "upper and lower case are the same");
    private static final Option COUNT = Option.flag("-c", "only count the lines");

    @Override
    public Manual manual() {
        return Manual.of("grep", "show the lines of a log that a pattern is found in, its older files included")
                .taking(Operand.required("PATTERN", Operand.Kind.FREE), Operand.required("LOG", Operand.Kind.LOG))
                .with(IGNORE_CASE, COUNT)
                .saying(
                        "A pattern is a regular expression as Java has them. A search ends after 30 s.",
                        "Exit status 1 where no line has it.")
                .example("grep \"TLS success.*for\" mail_logs", "the deliveries that DANE proved")
                .example("grep -i \"dane failed\" mail_logs", "what DANE held up");
    }

    @Override
    public Ended run(Request request, Output out) throws IOException {
        var name = request.operands().getLast();
        var trail = LogNames.trail(office.logs(), name);
        if (trail.isEmpty()) {
            return out.misunderstand(LogNames.unknown(office.logs(), name));
        }
        var text = request.operands().getFirst();
        if (text.length() > MAX_PATTERN_CHARACTERS) {
            return out.misunderstand("a pattern has at most " + MAX_PATTERN_CHARACTERS + " characters");
        }
        try {
            int flags = request.has(IGNORE_CASE) ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
            var search = new Search(Pattern.compile(text, flags), !request.has(COUNT), out);
            search.in(trail.get());
            return search.end();
        } catch (PatternSyntaxException wrong) {
            return out.misunderstand("\"" + text + "\" is no pattern: " + wrong.getDescription());
        } catch (Bounded.TooLongException | StackOverflowError endless) {
            return out.refuse("that pattern takes too long to look for: the search was ended");
        }
    }

    static final class Search {
        private final Pattern pattern;
        private final boolean shows;
        private final Output out;
        private final long end = System.nanoTime() + PATIENCE.toNanos();
        private long found;

        Search(Pattern pattern, boolean shows, Output out) {
            this.pattern = pattern;
            this.shows = shows;
            this.out = out;
        }

        /// From the oldest file to the one that is current now, whatever it is called when its turn comes.
        void in(LogTrail trail) throws IOException {
            var last = trail.currentKey();
            var file = trail.oldest();
            while (file.isPresent()) {
                try (var open = file.get()) {
                    in(open);
                    file = last.equals(Optional.of(open.key())) ? Optional.empty() : trail.after(open);
                }
            }
        }

        private void in(LogTrail.OpenFile file) throws IOException {
            var lines = new BufferedReader(new InputStreamReader(Channels.newInputStream(file.channel()), UTF_8));
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (pattern.matcher(new Bounded(line, end)).find()) {
                    found++;
                    if (shows) {
                        out.result(Answer.EMPTY
                                .line(line)
                                .member("line", Value.of(line).json()));
                    }
                }
            }
        }

        Ended end() throws IOException {
            if (!shows) {
                out.show(Answer.EMPTY
                        .line(Long.toString(found))
                        .member("count", Value.of(found).json()));
            }
            return found > 0 ? Ended.DONE : Ended.REFUSED;
        }
    }

    /// A text that a matcher may look at until some time.
    private record Bounded(CharSequence text, long end) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (System.nanoTime() - end > 0) {
                throw new TooLongException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Bounded(text.subSequence(from, to), end);
        }

        @Override
        public String toString() {
            return text.toString();
        }

        /// Java's matcher has no other way out.
        static final class TooLongException extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
    }
}
