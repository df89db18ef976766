/// Validators that share no code with Danelaw's own, each asked what it thinks of an internet of the lab.
@org.jspecify.annotations.NullMarked
package org.danelaw.lab.judges;
