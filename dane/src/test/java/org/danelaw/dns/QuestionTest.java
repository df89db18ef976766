package org.danelaw.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class QuestionTest {
    private static final Question MX = ask("a.example.", Type.MX);

    @Test
    void theCaseOfANameMakesNoOtherQuestion() {
        var again = ask("A.Example.", Type.MX);

        assertThat(again).isEqualTo(MX).hasSameHashCodeAs(MX).isEqualByComparingTo(MX);
    }

    @Test
    void anotherNameOrTypeIsAnotherQuestion() {
        assertThat(MX).isNotEqualTo(ask("b.example.", Type.MX)).isNotEqualTo(ask("a.example.", Type.TLSA));
    }

    @Test
    void questionsAreInTheOrderOfNamesThenOfTypes() {
        assertThat(MX)
                .isLessThan(ask("b.example.", Type.A))
                .isLessThan(ask("a.example.", Type.TLSA))
                .isGreaterThan(ask("a.example.", Type.A));
    }

    @Test
    void aNameThatIsNotFullyQualifiedIsNoQuestion() {
        assertThatIllegalArgumentException().isThrownBy(() -> ask("a.example", Type.A));
    }

    private static Question ask(String name, int type) {
        return new Question(Name.fromConstantString(name), type);
    }
}
