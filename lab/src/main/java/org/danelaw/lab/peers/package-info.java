/// The real peers: NSD, Unbound and Postfix from Debian's packages, each started on loopback as a child process with a
/// configuration of its own and stopped by its process id. They judge what Danelaw does in tests and benchmarks.
@org.jspecify.annotations.NullMarked
package org.danelaw.lab.peers;
