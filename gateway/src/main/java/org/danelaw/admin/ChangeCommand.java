package org.danelaw.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.danelaw.admin.Answer.Column;
import org.danelaw.admin.Answer.Rows;
import org.danelaw.config.ConfigFile;
import org.danelaw.config.Edit;
import org.danelaw.config.Staging;
import org.danelaw.config.Staging.Result;

/// A command about the configuration as a whole: what is pending, and what becomes of it.
record ChangeCommand(Manual manual, Work work) implements AdminCommand {
    private static final Option FILE =
            Option.flag("--file", "put the file back as it is in force, too, if it was edited outside");
    private static final String ROLL_BACK = "rollbackconfig";
    private static final Option PENDING = Option.flag("--pending", "as a commit would make it");

    /// What such a command does.
    @FunctionalInterface
    interface Work {
        Ended run(Request request, Output out) throws IOException, InterruptedException;
    }

    /// Without a number, `rollbackconfig` lists.
    @Override
    public boolean changes(Request request) {
        return manual.changes()
                && !(manual.name().equals(ROLL_BACK) && request.operands().isEmpty());
    }

    @Override
    public Ended run(Request request, Output out) throws IOException, InterruptedException {
        return work.run(request, out);
    }

    static List<AdminCommand> all(Staging staging) {
        return List.of(
                new ChangeCommand(
                        Manual.of("showchanges", "show what a commit would change")
                                .saying("What you have seen so, you may commit."),
                        (request, out) -> showChanges(staging, request, out)),
                new ChangeCommand(
                        Manual.of("commit", "bring your changes in force")
                                .taking(Operand.anyNumber("COMMENT", Operand.Kind.FREE))
                                .changing(),
                        (request, out) -> commit(staging, request, out)),
                new ChangeCommand(
                        Manual.of("clearchanges", "forget your changes")
                                .with(FILE)
                                .changing(),
                        (request, out) -> show(staging.clear(request.user(), request.has(FILE)), out)),
                new ChangeCommand(
                        Manual.of(ROLL_BACK, "list the last revisions, or bring one in force again")
                                .taking(Operand.optional("NUMBER", Operand.Kind.FREE))
                                .with(Office.YES)
                                .changing(),
                        (request, out) -> rollBack(staging, request, out)),
                new ChangeCommand(
                        Manual.of("showconfig", "show the configuration that is in force")
                                .with(PENDING),
                        (request, out) -> {
                            var text = request.has(PENDING)
                                    ? staging.staged(request.user())
                                    : staging.inForce().text();
                            return out.done(Answer.EMPTY
                                    .lines(text.lines().map(Value::printable).toList())
                                    .member("text", new org.danelaw.json.Json.Text(text)));
                        }),
                new ChangeCommand(
                        Manual.of("loadconfig", "put another file in place of the configuration, at the next commit")
                                .taking(Operand.required("FILE", Operand.Kind.FREE))
                                .saying("The gateway reads the file: give its whole path.")
                                .changing(),
                        (request, out) -> {
                            var text =
                                    ConfigFile.text(Path.of(request.operand(0).orElseThrow()));
                            return show(staging.stage(request.user(), new Edit.Replace(text)), out);
                        }));
    }

    static Ended show(Result result, Output out) throws IOException {
        return switch (result) {
            case Result.Done(var said) ->
                out.done(Answer.EMPTY.table(
                        "said",
                        List.of(Column.of("sentence", "")),
                        Rows.of(said.stream()
                                .map(each -> List.of(Value.of(each)))
                                .toList())));
            case Result.Refused(var why) -> {
                for (var each : why) {
                    out.complain(each);
                }
                yield Ended.REFUSED;
            }
        };
    }

    private static Ended showChanges(Staging staging, Request request, Output out) throws IOException {
        var changes = staging.changes(request.user());
        var lines = changes.diff().stream().map(Value::of).map(List::of).toList();
        var remarks = changes.remarks().stream().map(Value::of).map(List::of).toList();
        return out.done(Answer.EMPTY
                .table("remarks", List.of(Column.of("text", "")), Rows.of(remarks))
                .table("diff", List.of(Column.of("line", "")), Rows.of(lines)));
    }

    private static Ended commit(Staging staging, Request request, Output out) throws IOException, InterruptedException {
        // A script has nobody to ask, and what it wants is clear without a comment.
        var comment = request.operands().isEmpty() && !out.isJson()
                ? out.ask("Comment: []> ").orElse("")
                : String.join(" ", request.operands());
        return show(staging.commit(request.user(), comment), out);
    }

    private static Ended rollBack(Staging staging, Request request, Output out)
            throws IOException, InterruptedException {
        var number = request.operand(0);
        if (number.isEmpty()) {
            int inForce = staging.inForce().number();
            return out.done(Answer.EMPTY.table(
                    "revisions",
                    List.of(
                            Column.of("number", "Number"),
                            Column.of("at", "Time"),
                            Column.of("author", "Author"),
                            Column.of("comment", "Comment"),
                            Column.of("in-force", "In force")),
                    Rows.of(staging.revisions().stream()
                            .map(each -> List.of(
                                    Value.of(each.number()),
                                    Value.of(each.at()),
                                    Value.of(each.author()),
                                    Value.of(each.comment()),
                                    Value.of(each.number() == inForce)))
                            .toList())));
        }
        if (!number.get().matches("[0-9]{1,9}")) {
            return out.misunderstand("a revision is a number, not " + Value.printable(number.get()));
        }
        int pending = staging.pending(request.user());
        var changes = pending == 1 ? "one change of yours" : pending + " changes of yours";
        var forgets = pending == 0 ? "" : " and forget " + changes;
        return request.has(Office.YES) || out.confirm("Bring revision " + number.get() + " in force" + forgets + "?")
                ? show(staging.rollBack(request.user(), Integer.parseInt(number.get())), out)
                : out.refuse("nothing was changed");
    }
}
