package org.danelaw.loglines;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.danelaw.events.LineForm;
import org.junit.jupiter.api.extension.ExtendWith;

/// Marks a test in whose log there are lines of these forms; the test fails if one is not there to the letter, or if a
/// line has no form. Its class is [Logged]. `docs/log-lines.md` is made from these marks.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ShownLines.class)
public @interface Shows {
    LineForm[] value();
}
