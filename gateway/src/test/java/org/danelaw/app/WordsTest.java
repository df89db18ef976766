package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void aLineIsTakenApartAsAShellDoes() {
        assertThat(Words.of("  grep -i  \"TLS success.*for\" mail_logs "))
                .containsExactly("grep", "-i", "TLS success.*for", "mail_logs");
        assertThat(Words.of("a\\ b 'c \"d' \"e 'f\" \"\"")).containsExactly("a b", "c \"d", "e 'f", "");
        assertThat(Words.of("   ")).isEmpty();
    }

    @Test
    void aPatternWithinQuotesKeepsItsBackslashes() {
        assertThat(Words.of("\"a\\.b\" 'c\\d' \"say \\\"x\\\\\"")).containsExactly("a\\.b", "c\\d", "say \"x\\");
    }

    @Test
    void aQuoteThatIsNotClosedEndsWithTheLine() {
        assertThat(Words.of("say \"it is")).containsExactly("say", "it is");
    }
}
