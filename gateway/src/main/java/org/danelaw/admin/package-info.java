/// The operator's commands in a running gateway: over a socket that only its owner may open, one at a time,
/// each on a thread of its own.
///
/// An [org.danelaw.admin.AdminCommand] is asked with words and answers with data, an
/// [org.danelaw.admin.Answer], which is shown as text for people or as JSON for programs. The
/// [org.danelaw.admin.ControlSocket] takes the requests of [org.danelaw.admin.ControlClient]; `danelaw cli`
/// is one.
///
/// These threads are platform threads: however many virtual threads are busy with some domain's DNS, the
/// operating system gives an operator's command its turn.
@org.jspecify.annotations.NullMarked
package org.danelaw.admin;
