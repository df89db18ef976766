package org.danelaw.config;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.danelaw.config.ConfigFile.Reading;
import org.danelaw.config.Editing.Outcome;
import org.danelaw.disk.WholeFile;
import org.danelaw.dns.FailureText;

/// Changes of the configuration that operators have asked for, each operator's apart, until they are committed.
///
/// They are kept as edits and made of whatever the file says at the time: so two operators' changes both come in, and
/// what somebody did to the file by hand stays. Nobody's commit brings in or undoes what its operator has not seen:
/// where the file is another one than when they looked last, they look again first. One lock for all.
public final class Staging {
    private final Path file;
    private final Revisions revisions;
    private final List<String> damaged;
    private final Application application;
    private final InstantSource clock;
    private final Map<String, Draft> drafts = new HashMap<>();
    private Revision inForce;

    private Staging(
            Path file,
            Revisions revisions,
            List<String> damaged,
            Revision inForce,
            Application application,
            InstantSource clock) {
        this.file = file;
        this.revisions = revisions;
        this.damaged = List.copyOf(damaged);
        this.inForce = inForce;
        this.application = application;
        this.clock = clock;
    }

    /// What an operator wants changed, and the file as they saw it last.
    private record Draft(List<Edit> edits, String seen) {
        Draft {
            edits = List.copyOf(edits);
        }

        Draft seeing(String text) {
            return new Draft(edits, text);
        }
    }

    /// What came of something asked for.
    public sealed interface Result {
        /// It was done.
        ///
        /// @param said what is worth knowing, a sentence each
        record Done(List<String> said) implements Result {
            public Done {
                said = List.copyOf(said);
            }
        }

        /// Nothing was changed, and why, a line each.
        record Refused(List<String> why) implements Result {
            public Refused {
                why = List.copyOf(why);
            }

            Refused(String why) {
                this(List.of(why));
            }
        }
    }

    /// What a commit would change.
    ///
    /// @param diff as `diff -u`; nothing where nothing is pending
    /// @param remarks whose change of the file that is not the operator's own, and what they should know
    public record Changes(List<String> diff, List<String> remarks) {
        public Changes {
            diff = List.copyOf(diff);
            remarks = List.copyOf(remarks);
        }
    }

    /// Begins with the file as it is in force: where it is another one than the last revision, it is a revision of its
    /// own.
    ///
    /// @param start what the gateway's settings were made of; the file may be another one by now
    /// @param folder where revisions are kept
    public static Staging open(ConfigText start, Path folder, Application application, InstantSource clock)
            throws IOException {
        var revisions = Revisions.open(folder, start.file());
        var damaged = revisions.setAsideDamaged();
        var latest = revisions.latest();
        var inForce = latest.isPresent() && latest.get().text().equals(start.text())
                ? latest.get()
                : revisions.note(start.text(), clock.instant(), "the file", "as it was when the gateway started");
        return new Staging(start.file(), revisions, damaged, inForce, application, clock);
    }

    /// What of the list of revisions could not be read at the start, a sentence each.
    public List<String> damaged() {
        return damaged;
    }

    /// Notes an edit. It may bring no problem into the file that was not there before.
    public synchronized Result stage(String operator, Edit edit) throws IOException {
        var base = ConfigFile.text(file);
        var draft = draft(operator);
        var edits = new ArrayList<>(edit instanceof Edit.Replace ? List.<Edit>of() : draft.edits());
        edits.add(edit);
        return switch (Editing.edit(base, edits)) {
            case Outcome.Refused(var why) -> new Result.Refused(why);
            case Outcome.Edited(var text) -> {
                var problems = newProblems(base, text);
                if (!problems.isEmpty()) {
                    yield new Result.Refused(problems);
                }
                drafts.put(operator, new Draft(edits, draft.seen()));
                yield new Result.Done(List.of());
            }
        };
    }

    private Draft draft(String operator) {
        return drafts.getOrDefault(operator, new Draft(List.of(), inForce.text()));
    }

    private List<String> newProblems(String base, String text) {
        var before = problems(base).stream().map(Problem::text).toList();
        return problems(text).stream()
                .filter(problem -> !before.contains(problem.text()))
                .map(problem -> problem.in(file))
                .toList();
    }

    private List<Problem> problems(String text) {
        return switch (read(text)) {
            case Reading.Valid(var settings, var notes) -> List.of();
            case Reading.Invalid(var problems) -> problems;
        };
    }

    private Reading read(String text) {
        return ConfigFile.parse(text, ConfigFile.folderOf(file));
    }

    /// The configuration as the operator's commit would make it; the file's, where their changes cannot be made of it.
    public synchronized String staged(String operator) throws IOException {
        var base = ConfigFile.text(file);
        return Editing.edit(base, draft(operator).edits()) instanceof Outcome.Edited(var text) ? text : base;
    }

    public synchronized Revision inForce() {
        return inForce;
    }

    /// The revisions, the one in force first.
    public synchronized List<Revision> revisions() throws IOException {
        return revisions.all();
    }

    /// Shows what the operator's commit would change; what they have seen so, they may commit.
    public synchronized Changes changes(String operator) throws IOException {
        var base = ConfigFile.text(file);
        var remarks = new ArrayList<String>();
        if (!base.equals(inForce.text())) {
            remarks.add(
                    "the file was edited outside: a commit takes that along; clearchanges --file puts the file back");
        }
        var seen = draft(operator).seeing(base);
        drafts.put(operator, seen);
        var text = switch (Editing.edit(base, seen.edits())) {
            case Outcome.Edited(var edited) -> edited;
            case Outcome.Refused(var why) -> {
                why.forEach(each -> remarks.add("your changes cannot be made of the file as it is now: " + each));
                yield base;
            }
        };
        switch (read(text)) {
            case Reading.Valid(var settings, var notes) -> notes.forEach(note -> remarks.add(note.in(file)));
            case Reading.Invalid(var problems) -> problems.forEach(problem -> remarks.add(problem.in(file)));
        }
        return new Changes(LineDiff.unified(inForce.text(), text), remarks);
    }

    /// Forgets what the operator asked for.
    ///
    /// @param andFile whether the file goes back to what is in force, too
    public synchronized Result clear(String operator, boolean andFile) throws IOException {
        drafts.remove(operator);
        if (andFile && !ConfigFile.text(file).equals(inForce.text())) {
            var said = new ArrayList<>(List.of("the file is again as it is in force"));
            WholeFile.write(file, inForce.text()).ifPresent(said::add);
            return new Result.Done(said);
        }
        return new Result.Done(List.of("your changes are forgotten"));
    }

    /// The file with the operator's changes comes in force: as a whole, with every part of the gateway, or not at all.
    public synchronized Result commit(String operator, String comment) throws IOException {
        var base = ConfigFile.text(file);
        var draft = draft(operator);
        var unseen = unseen(base, draft);
        if (unseen.isPresent()) {
            return new Result.Refused(unseen.get());
        }
        return switch (Editing.edit(base, draft.edits())) {
            case Outcome.Refused(var why) -> new Result.Refused(why);
            case Outcome.Edited(var text) ->
                text.equals(inForce.text()) && base.equals(inForce.text())
                        ? new Result.Done(List.of("there is nothing to commit"))
                        : bringIn(base, text, operator, comment);
        };
    }

    private Optional<String> unseen(String base, Draft draft) {
        if (base.equals(draft.seen())) {
            return Optional.empty();
        }
        return Optional.of(
                base.equals(inForce.text())
                        ? "revision " + inForce.number() + " by " + inForce.author() + " (" + inForce.comment()
                                + ") came in since you looked last: showchanges shows what yours would change now"
                        : "the file was edited outside: showchanges shows how, and then a commit takes that along");
    }

    private Result bringIn(String base, String text, String author, String comment) throws IOException {
        return switch (read(text)) {
            case Reading.Invalid(var problems) ->
                new Result.Refused(
                        problems.stream().map(problem -> problem.in(file)).toList());
            case Reading.Valid(var settings, var notes) -> {
                var said = new ArrayList<>(
                        notes.stream().map(note -> note.in(file)).toList());
                yield apply(
                        settings,
                        () -> {
                            if (!ConfigFile.text(file).equals(base)) {
                                throw new IOException("the file was edited at this very moment: showchanges shows how");
                            }
                            var broughtIn = revisions.bringIn(text, clock.instant(), author, comment);
                            inForce = broughtIn.revision();
                            drafts.remove(author);
                            said.add("revision " + inForce.number() + " is in force");
                            said.addAll(broughtIn.doubts());
                        },
                        said);
            }
        };
    }

    /// Writes files; where it throws, nothing is changed.
    @FunctionalInterface
    private interface Writing {
        void write() throws IOException;
    }

    private Result apply(Settings settings, Writing writing, List<String> said) {
        Application.Prepared prepared;
        try {
            prepared = application.prepare(settings);
        } catch (IOException cannot) {
            return new Result.Refused(FailureText.of(cannot));
        }
        try {
            writing.write();
        } catch (IOException | RuntimeException failed) {
            prepared.abandon();
            return new Result.Refused("the configuration cannot be written: " + FailureText.of(failed));
        }
        said.addAll(prepared.takeEffect());
        return new Result.Done(said);
    }

    /// How many changes the operator has asked for that are not committed.
    public synchronized int pending(String operator) {
        return draft(operator).edits().size();
    }

    /// What was in force before comes in force again, as a new revision.
    public synchronized Result rollBack(String operator, int number) throws IOException {
        var base = ConfigFile.text(file);
        var unseen = unseen(base, draft(operator));
        if (unseen.isPresent()) {
            return new Result.Refused(unseen.get());
        }
        var wanted =
                revisions.all().stream().filter(each -> each.number() == number).findFirst();
        if (wanted.isEmpty()) {
            return new Result.Refused("there is no revision " + number);
        }
        int forgotten = pending(operator);
        var result = bringIn(base, wanted.get().text(), operator, "back to revision " + number);
        return result instanceof Result.Done(var said) && forgotten > 0
                ? new Result.Done(
                        Stream.concat(said.stream(), Stream.of("your pending changes are forgotten: " + forgotten))
                                .toList())
                : result;
    }

    /// Reads the file anew, and the files that it names: what it says now comes in force. An invalid file changes
    /// nothing.
    public synchronized Result reload(String author) throws IOException {
        var base = ConfigFile.text(file);
        if (!base.equals(inForce.text())) {
            return bringIn(base, base, author, "the file, as it was edited outside");
        }
        return switch (read(base)) {
            case Reading.Invalid(var problems) ->
                new Result.Refused(
                        problems.stream().map(problem -> problem.in(file)).toList());
            case Reading.Valid(var settings, var notes) -> apply(settings, () -> {}, new ArrayList<>());
        };
    }
}
