/// Names, records and messages of the DNS, over dnsjava's wire layer.
///
/// [Received] is what came from the network; a message becomes a [Reply] to a [Question]: sets of records with the
/// signatures that came along ([SignedSet]), of the answer and authority sections only. [Answer] is what the DNS holds
/// for a question, apart from whether it can be trusted; an [Alias] leads from one name to another. Nothing is proved
/// here.
@org.jspecify.annotations.NullMarked
package org.danelaw.dns;
