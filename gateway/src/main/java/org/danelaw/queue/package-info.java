/// Mail that must not be lost: the spool, the retry schedule, and what an attempt's outcome changes.
///
/// The engine of one machine is SQLite with a write-ahead log. One platform thread writes: it takes all
/// the work that has gathered while the last transaction was synced to disk, and commits it in one
/// more. So a message costs a fraction of an fsync, and still no message is acknowledged before the
/// fsync that covers it has returned. Bodies over 256 KB lie in files of their own, synced with their
/// folder before the row that names them is committed.
///
/// What is never done: no native call from a virtual thread, which it would pin to its carrier;
/// everybody hands over to the threads of this package and waits.
@org.jspecify.annotations.NullMarked
package org.danelaw.queue;
