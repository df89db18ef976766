package org.danelaw.dane;

import org.danelaw.policy.Refusal;

/// Why something was not had or must not be done; it stands in the place of what was asked for.
///
/// @param status the enhanced status code (RFC 3463), whose first digit says whether waiting may help
/// @param reason a few fixed words, such as `no TLSA record`
/// @param sentence what an operator can act on: the name, the record, who must mend it and how
public record Obstacle(String status, String reason, String sentence) implements DnsFinding, MailPlan, TlsFinding {
    static Obstacle of(Refusal refusal) {
        return new Obstacle(refusal.status(), refusal.reason(), refusal.sentence());
    }

    /// Whether waiting is of no use.
    ///
    /// @return whether the status is of class 5
    public boolean isPermanent() {
        return status.startsWith("5");
    }

    /// One line for a log.
    ///
    /// @return status, reason and sentence
    @Override
    public String toString() {
        return status + " " + reason + ": " + sentence;
    }
}
