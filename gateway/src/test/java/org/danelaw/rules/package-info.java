/// Which tests show which rule, and the document that says so.
@org.jspecify.annotations.NullMarked
package org.danelaw.rules;
