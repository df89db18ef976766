/// Mail that must not be lost: the spool, the retry schedule, the state of hosts.
@org.jspecify.annotations.NullMarked
package org.danelaw.queue;
