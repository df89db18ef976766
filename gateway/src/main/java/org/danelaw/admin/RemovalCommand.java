package org.danelaw.admin;

import java.io.IOException;
import org.danelaw.delivery.Deliveries.Fate;
import org.danelaw.delivery.Deliveries.Removal;
import org.danelaw.json.Json;

/// `bouncerecipients` and `deleterecipients`: takes recipients out of the queue.
record RemovalCommand(Office office, Manual manual, Fate fate) implements AdminCommand {
    static RemovalCommand bouncing(Office office) {
        return new RemovalCommand(
                office, manual("bouncerecipients", "return waiting mail to its senders, with a report"), Fate.BOUNCED);
    }

    static RemovalCommand deleting(Office office) {
        return new RemovalCommand(
                office, manual("deleterecipients", "delete waiting mail; nobody is told"), Fate.DELETED);
    }

    private static Manual manual(String name, String purpose) {
        return Manual.of(name, purpose)
                .taking(Selector.OPERANDS)
                .with(Office.YES)
                .saying("It asks before it does so; a script says --yes, or answers y on standard input.")
                .example(name + " domain example.org", "all that waits for one destination")
                .example(name + " to somebody@example.org --yes", "one mailbox, without a question")
                .changing();
    }

    @Override
    public Ended run(Request request, Output out) throws IOException, InterruptedException {
        var selection = Selector.of(request.operands());
        if (selection.isEmpty()) {
            return out.misunderstand("say " + manual.synopsis());
        }
        var verb = fate == Fate.BOUNCED ? "bounce " : "delete ";
        if (!request.has(Office.YES)
                && !out.confirm("Are you sure you want to " + verb + Selector.words(selection.get()) + "?")) {
            return out.refuse("nothing was done: nobody said yes (or --yes)");
        }
        return out.done(answer(office.deliveries().remove(selection.get(), fate)));
    }

    private Answer answer(Removal removal) {
        var done = removal.removed() + " recipients " + (fate == Fate.BOUNCED ? "bounced." : "deleted.");
        var left = removal.inHand() == 0
                ? ""
                : " " + removal.inHand() + " were being delivered at that moment and were let be.";
        return Answer.EMPTY
                .line(done + left)
                .member("removed", new Json.Whole(removal.removed()))
                .member("inHand", new Json.Whole(removal.inHand()));
    }
}
