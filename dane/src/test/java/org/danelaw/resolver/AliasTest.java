package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.lab.world.Damage.denialOf;
import static org.danelaw.lab.world.Damage.recordsOf;
import static org.danelaw.lab.world.Damage.serversThat;
import static org.danelaw.lab.world.Damage.signaturesOf;
import static org.danelaw.lab.world.Misconduct.below;
import static org.danelaw.lab.world.Misconduct.servfail;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Reply;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.ValidationSettings;
import org.danelaw.lab.rules.Rule;
import org.danelaw.lab.world.Damage;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;
import org.danelaw.resolver.Upstream.Asked;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/// Aliases within a zone, between zones, and between zones of different trust.
class AliasTest {
    private static Zone dane() {
        return Zone.named("dane.example").with("""
                mail     A     127.0.0.2
                alias    CNAME mail
                out      CNAME www.elsewhere.example.
                away     CNAME www.unsigned.example.
                thrice   CNAME back.unsigned.example.
                lost     CNAME nowhere
                *.cwild  CNAME mail
                old      DNAME new
                www.new  A     127.0.0.5
                """);
    }

    private static Zone elsewhere() {
        return Zone.named("elsewhere.example").with("www A 127.0.0.7");
    }

    private static Zone unsigned() {
        return Zone.named("unsigned.example").unsigned().with("""
                www  A     127.0.0.6
                back CNAME mail.dane.example.
                far  CNAME alias.dane.example.
                """);
    }

    private static Look but(Damage... damages) {
        return Look.into(dane().but(damages), elsewhere(), unsigned());
    }

    @Test
    void theAnswerTellsTheNamesOnTheWay() {
        var answer = ((Validated.Insecure<Answer>) but().answer("thrice.dane.example", "A")).value();
        assertThat(answer.aliases())
                .containsExactly(
                        Name.fromConstantString("back.unsigned.example."),
                        Name.fromConstantString("mail.dane.example."));
        assertThat(answer.expanded(Name.fromConstantString("thrice.dane.example.")))
                .isEqualTo(Name.fromConstantString("mail.dane.example."));
    }

    @Rule("A19")
    @Test
    void oneInsecureHopMakesAllAfterItInsecure() {
        assertThat(but().at("alias.dane.example", "A")).isEqualTo("SECURE FOUND");
        assertThat(but().at("out.dane.example", "A")).isEqualTo("SECURE FOUND");
        assertThat(but().at("away.dane.example", "A")).isEqualTo("INSECURE FOUND");
        assertThat(but().at("thrice.dane.example", "A"))
                .as("signed records behind an unsigned alias")
                .isEqualTo("INSECURE FOUND");
        assertThat(but().at("back.unsigned.example", "A")).isEqualTo("INSECURE FOUND");
        assertThat(but().at("back.unsigned.example", "TXT"))
                .as("a signed denial behind an unsigned alias")
                .isEqualTo("INSECURE NODATA");
        assertThat(but().at("far.unsigned.example", "A"))
                .as("a signed alias, and signed records, behind an unsigned alias")
                .isEqualTo("INSECURE FOUND");
    }

    @Rule("A22")
    @Test
    void anAnswerIsKeptNoLongerThanTheAliasesThatLedToIt() {
        var brief = dane().with("brief 30 CNAME mail");
        var answer = (Validated.Secure<Answer>) Look.into(brief).answer("brief.dane.example", "A");
        assertThat(answer.proof().validUntil()).isEqualTo(Look.NOW.plusSeconds(30));
    }

    @Rule("A19")
    @Test
    void anErrorAtAnyHopIsAnErrorForTheQuestion() {
        assertThat(but(signaturesOf("alias", "CNAME").areStripped()).at("alias.dane.example", "A"))
                .isEqualTo("BOGUS");
        assertThat(but(signaturesOf("alias", "CNAME").areExpired()).at("alias.dane.example", "A"))
                .isEqualTo("BOGUS");
        assertThat(but(recordsOf("alias", "CNAME").areReplacedBy("alias CNAME www.elsewhere.example."))
                        .at("alias.dane.example", "A"))
                .isEqualTo("BOGUS");
        assertThat(but(signaturesOf("mail", "A").areCorrupted()).at("alias.dane.example", "A"))
                .isEqualTo("BOGUS");
        assertThat(but(signaturesOf("mail", "A").areCorrupted()).at("back.unsigned.example", "A"))
                .as("bogus behind an insecure alias is an error too")
                .isEqualTo("BOGUS");
        assertThat(but(denialOf("nowhere").isMissing()).at("lost.dane.example", "A"))
                .isEqualTo("BOGUS");
        var failing = elsewhere().but(serversThat(below("www.elsewhere.example", servfail())));
        assertThat(Look.into(dane(), failing, unsigned()).at("out.dane.example", "A"))
                .isEqualTo("UNAVAILABLE");
    }

    @Rule("A19")
    @Test
    void anAliasMadeFromADnameIsProvedThroughTheDname() {
        assertThat(but().at("www.old.dane.example", "A")).isEqualTo("SECURE FOUND");
        assertThat(but(signaturesOf("old", "DNAME").areStripped()).at("www.old.dane.example", "A"))
                .isEqualTo("BOGUS");
        assertThat(but(recordsOf("old", "DNAME").areReplacedBy("old DNAME elsewhere.example."))
                        .at("www.old.dane.example", "A"))
                .isEqualTo("BOGUS");
        var question = Look.question("www.old.dane.example", "CNAME");
        var cname = (Validated.Secure<Answer>) but().answer("www.old.dane.example", "CNAME");
        assertThat(((Answer.Found) cname.value()).set().records().getFirst().rdataToString())
                .as("the CNAME of " + question)
                .isEqualTo("www.new.dane.example.");
    }

    @Rule("A19")
    @Test
    void aForgedCnameBesideItsDnameIsNotFollowed() {
        var internet = Internet.at(Look.NOW, dane(), elsewhere(), unsigned());
        var lab = new LabUpstream(internet);
        // The server's own CNAME, which nothing signs, leads elsewhere than the DNAME does.
        Upstream forging = (question, manner) -> switch (lab.ask(question, manner)) {
            case Asked.Replied(var reply, var server)
            when question.toString().equals("www.old.dane.example. A") ->
                new Asked.Replied(withForgedCname(reply), server);
            case Asked.Replied replied -> replied;
            case Asked.Failed failed -> failed;
        };
        var validator = Look.validator(forging, internet, InstantSource.fixed(Look.NOW), ValidationSettings.DEFAULT);
        var answer = (Validated.Secure<Answer>) validator.validate(Look.question("www.old.dane.example", "A"));
        assertThat(answer.value().aliases()).containsExactly(Name.fromConstantString("www.new.dane.example."));
    }

    private static Reply withForgedCname(Reply reply) {
        var forged = ((Asked.Replied) LabUpstream.asked(
                        reply.question(),
                        Internet.at(
                                        Look.NOW,
                                        Zone.named("dane.example").unsigned().with("www.old CNAME mail"))
                                .answer("www.old.dane.example", "CNAME"),
                        "a forger"))
                .reply()
                .answer();
        var answer = reply.answer().stream()
                .map(set -> set.set().type() == org.xbill.DNS.Type.CNAME ? forged.getFirst() : set)
                .toList();
        return new Reply(reply.question(), reply.rcode(), answer, reply.authority());
    }

    @Rule("A20")
    @Test
    void anAliasMadeFromAWildcardNeedsTheProofThatNothingIsNearer() {
        assertThat(but().at("foo.cwild.dane.example", "A")).isEqualTo("SECURE FOUND");
        assertThat(but(denialOf("foo.cwild").isMissing()).at("foo.cwild.dane.example", "A"))
                .isEqualTo("BOGUS");
    }

    @Rule("A21")
    @Test
    void aCircleOfAliasesIsAnErrorAndNotAnAbsence() {
        var circle = Zone.named("dane.example").with("""
                one   CNAME two
                two   CNAME three
                three CNAME one
                self  CNAME self
                """);
        assertThat(Look.into(circle).at("one.dane.example", "A")).isEqualTo("UNAVAILABLE");
        assertThat(Look.into(circle).at("self.dane.example", "A")).isEqualTo("UNAVAILABLE");
        assertThat(Look.into(circle.unsigned()).at("one.dane.example", "A")).isEqualTo("UNAVAILABLE");
        assertThat(Look.into(circle).reason("one.dane.example", "A").sentence()).contains("circle");
    }

    @Rule("A21")
    @Test
    void elevenAliasesAreFollowedAndTwelveAreNot() {
        assertThat(Look.into(chain(11)).at("n0.dane.example", "A")).isEqualTo("SECURE FOUND");
        assertThat(Look.into(chain(12)).at("n0.dane.example", "A")).isEqualTo("UNAVAILABLE");
    }

    private static Zone chain(int aliases) {
        String cnames = IntStream.range(0, aliases)
                .mapToObj(number -> "n" + number + " CNAME n" + (number + 1) + "\n")
                .collect(Collectors.joining());
        return Zone.named("dane.example").with(cnames + "n" + aliases + " A 127.0.0.2\n");
    }

    @Test
    void aReplyThatBreaksOffAtAnAliasIsFollowedByAnotherQuestion() {
        var internet = Internet.at(Look.NOW, dane(), elsewhere(), unsigned());
        var lab = new LabUpstream(internet);
        Upstream lazy = (question, manner) -> switch (lab.ask(question, manner)) {
            case Asked.Replied(var reply, var server) ->
                new Asked.Replied(
                        new Reply(
                                question,
                                reply.rcode(),
                                reply.answer().stream().limit(1).toList(),
                                reply.answer().isEmpty() ? reply.authority() : List.of()),
                        server);
            case Asked.Failed failed -> failed;
        };
        var validator = Look.validator(lazy, internet, InstantSource.fixed(Look.NOW), ValidationSettings.DEFAULT);
        assertThat(validator.validate(Look.question("out.dane.example", "A")))
                .isInstanceOfSatisfying(
                        Validated.Secure.class,
                        secure -> assertThat(secure.value()).isInstanceOf(Answer.Found.class));
        assertThat(lab.asked()).contains("www.elsewhere.example. A");
    }
}
