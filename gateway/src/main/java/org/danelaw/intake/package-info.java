/// Where mail comes in: listeners, who may send (the host access table of sender groups), and on what terms (mail flow
/// policies).
///
/// A [Listener] accepts connections on one address and gives each a virtual thread. The first sender group that the
/// client is a [Member] of, by its address or by its verified name, names the mail flow policy; a client of no group is
/// refused. The dialogue itself
/// is `smtp`'s; this package answers its questions (may this client send, may this recipient be mailed) and carries the
/// content into the spool. A 250 to a message is said only after [org.danelaw.queue.Spool.Draft#commit] returned.
///
/// The settings are plain records, checked where they are made; `config` reads them from a file.
@org.jspecify.annotations.NullMarked
package org.danelaw.intake;
