package org.danelaw.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonTest {
    @Test
    void textIsQuotedSoThatAnyReaderTakesIt() {
        assertThat(new Json.Text("a\"b\\c\nd\u007f\ud800é").written())
                .isEqualTo("\"a\\\"b\\\\c\\u000ad\\u007f\\ud800é\"");
    }

    @Test
    void valuesAreWrittenWithoutBlanks() {
        assertThat(new Json.Array(List.of(new Json.Whole(-1), new Json.Flag(true), new Json.Nothing())).written())
                .isEqualTo("[-1,true,null]");
    }
}
