/// Small files that a crash finds whole.
@org.jspecify.annotations.NullMarked
package org.danelaw.disk;
