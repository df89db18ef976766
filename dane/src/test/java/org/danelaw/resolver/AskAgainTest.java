package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.lab.world.Damage.allSignaturesAndKeysAreGone;
import static org.danelaw.lab.world.Damage.signaturesOf;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.ValidationSettings;
import org.danelaw.lab.rules.Rule;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Misconduct;
import org.danelaw.lab.world.Query;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rule A15: a bogus reply is asked for once more, elsewhere, before it counts.
@Rule("A15")
class AskAgainTest {
    private final Internet good = Internet.at(Look.NOW, dane());
    private final List<String> asked = new ArrayList<>();

    private static Zone dane() {
        return Zone.named("dane.example").with("@ MX 10 mail");
    }

    /// The first server is bad about some questions; the second, asked after a bogus reply, is as it is.
    private Validated<Answer> ask(Internet bad, Predicate<Question> about, Internet second) {
        Upstream upstream = (question, manner) -> switch (manner) {
            case Upstream.Manner.First _ -> {
                asked.add(question + " of the first");
                yield reply(about.test(question) ? bad : good, question, "first");
            }
            case Upstream.Manner.AgainAfterBogus(var server) -> {
                asked.add(question + " after " + server);
                yield reply(second, question, "second");
            }
        };
        return Look.validator(upstream, good, InstantSource.fixed(Look.NOW), ValidationSettings.DEFAULT)
                .validate(Look.question("dane.example", "MX"));
    }

    private static Upstream.Asked reply(Internet internet, Question question, String server) {
        return LabUpstream.asked(question, internet.answer(Query.of(question.name(), question.type())), server);
    }

    private static Internet stripped() {
        return Internet.at(Look.NOW, dane().but(allSignaturesAndKeysAreGone()));
    }

    private static Internet failing() {
        return Internet.at(Look.NOW, dane().but(org.danelaw.lab.world.Damage.serversThat(Misconduct.servfail())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dane.example. MX", "dane.example. DNSKEY"})
    void aBetterSecondReplyCounts(String question) {
        assertThat(ask(stripped(), it -> it.toString().equals(question), good)).isInstanceOf(Validated.Secure.class);
        assertThat(asked).containsOnlyOnce(question + " after first");
    }

    @Test
    void aSecondBogusReplyIsEnough() {
        assertThat(ask(stripped(), it -> it.toString().equals("dane.example. MX"), stripped()))
                .isInstanceOf(Validated.Bogus.class);
        assertThat(asked).containsOnlyOnce("dane.example. MX of the first", "dane.example. MX after first");
    }

    @Test
    void aSecondServerThatFailsLeavesTheReplyBogusForItsOwnReason() {
        var expired = Internet.at(Look.NOW, dane().but(signaturesOf("@", "MX").areExpired()));
        var verdict = (Validated.Bogus<Answer>) ask(expired, it -> it.toString().equals("dane.example. MX"), failing());
        assertThat(verdict.reason().code()).isEqualTo(ExtendedError.SIGNATURE_EXPIRED);
    }

    @Test
    void aGoodReplyIsAskedForOnce() {
        assertThat(ask(good, _ -> true, stripped())).isInstanceOf(Validated.Secure.class);
        assertThat(asked).noneMatch(line -> line.contains("after"));
    }

    @Test
    void aServerThatFailsIsNotBogusAndIsNotAskedAgainHere() {
        assertThat(ask(failing(), it -> it.toString().equals("dane.example. MX"), good))
                .isInstanceOf(Validated.Unavailable.class);
        assertThat(asked).noneMatch(line -> line.contains("after"));
    }
}
