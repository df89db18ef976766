/// Hostile input by the million: a [Fuzz] run gives one part of the program inputs made at random, most of them by
/// damaging good ones ([Damaged]), and holds it to what it declares.
///
/// Each input has a seed of its own. A failure names it, and `-Ddanelaw.seed=<seed>` begins with that very input.
@org.jspecify.annotations.NullMarked
package org.danelaw.lab.fuzz;
