/// The SMTP dialogue (RFC 5321), both sides.
@org.jspecify.annotations.NullMarked
package org.danelaw.smtp;
