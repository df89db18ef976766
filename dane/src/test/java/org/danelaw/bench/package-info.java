/// Benchmarks: programs that print ratios, run by the scripts in `bench/`.
@org.jspecify.annotations.NullMarked
package org.danelaw.bench;
