package org.danelaw.lab.rules;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a test that shows one or more of the rules in `rules.tsv`, by their numbers, as `A7`; `docs/rules.md` is made
/// from these marks.
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.CLASS)
public @interface Rule {
    String[] value();
}
