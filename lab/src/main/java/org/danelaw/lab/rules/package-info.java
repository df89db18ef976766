/// The rules of RFC 7672 and its neighbours that Danelaw keeps, by number, and the mark of a test that shows one.
@org.jspecify.annotations.NullMarked
package org.danelaw.lab.rules;
