/// The long tests, and the report that they leave in `docs/exam`.
///
/// A test that has a short and a long form asks [Exam] which it is to be, and for the seed of what is random in it:
///
/// ```java
/// long seed = Exam.seed();
/// int kills = Exam.takes(5, 50);
/// ...
/// ExamResult.seeded("kill-test", kills, "kills", seed, "nothing lost, 3 came twice, each in its window").report();
/// ```
///
/// [ExamResult#report()] prints the line; in the exam (`./mvnw verify -Pexam`) it also writes the line to a file of its
/// own, `docs/exam/results/<name>.md`, and assembles `docs/exam/report.md` anew from all of them, which is then ready
/// to be committed. A run is repeated with `-Ddanelaw.seed=<seed>`.
@org.jspecify.annotations.NullMarked
package org.danelaw.lab.exam;
