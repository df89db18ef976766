/// Names, records and messages of the DNS, over dnsjava's wire layer.
@org.jspecify.annotations.NullMarked
package org.danelaw.dns;
