package org.danelaw.admin;

import java.io.IOException;

/// `suspenddel` and `resumedel`: whether anything is delivered.
record SuspensionCommand(Office office, Manual manual, boolean suspends) implements AdminCommand {
    static SuspensionCommand suspending(Office office) {
        return new SuspensionCommand(
                office,
                Manual.of("suspenddel", "deliver nothing more: nowhere, or to one destination")
                        .taking(Operand.optional("DOMAIN", Operand.Kind.DOMAIN))
                        .saying(
                                "Messages that are being sent end; mail is still taken in, and none bounces for its age.",
                                "It stays so over a restart, until resumedel.")
                        .changing(),
                true);
    }

    static SuspensionCommand resuming(Office office) {
        return new SuspensionCommand(
                office,
                Manual.of("resumedel", "deliver again: everywhere, or to one destination")
                        .taking(Operand.optional("DOMAIN", Operand.Kind.DOMAIN))
                        .saying("Destinations that were suspended by themselves stay so until they are resumed.")
                        .changing(),
                false);
    }

    @Override
    public Ended run(Request request, Output out) throws IOException {
        if (request.operand(0).isEmpty()) {
            everywhere();
            return out.done(Answer.saying(suspends ? "Mail delivery suspended." : "Mail delivery resumed."));
        }
        var text = request.operand(0).get();
        var domain = Office.domain(text);
        if (domain.isEmpty()) {
            return out.misunderstand(Office.noDomain(text));
        }
        to(domain.get());
        return out.done(Answer.saying("Mail delivery to " + domain.get() + (suspends ? " suspended." : " resumed.")));
    }

    private void everywhere() throws IOException {
        if (suspends) {
            office.deliveries().suspend();
        } else {
            office.deliveries().resume();
        }
    }

    private void to(String domain) throws IOException {
        if (suspends) {
            office.deliveries().suspend(domain);
        } else {
            office.deliveries().resume(domain);
        }
    }
}
