/// Danelaw's validator beside two others, over random zones: where they differ, one of ten known things explains it.
@org.jspecify.annotations.NullMarked
package org.danelaw.oracles;
