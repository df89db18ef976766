/// Which tests show which form of the mail log's lines, and the document that says so.
@org.jspecify.annotations.NullMarked
package org.danelaw.loglines;
