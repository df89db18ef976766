/// JSON (RFC 8259), written and never read.
@org.jspecify.annotations.NullMarked
package org.danelaw.json;
