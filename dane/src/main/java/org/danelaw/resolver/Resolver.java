package org.danelaw.resolver;

import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Validated;

/// Answers questions with what our own validation makes of them; never throws for anything that the network or a zone
/// does.
///
/// Aliases are followed; an answer behind one is only as good as the weakest hop (RFC 7672 section 2.1.3).
@FunctionalInterface
public interface Resolver {
    Validated<Answer> resolve(Question question);
}
