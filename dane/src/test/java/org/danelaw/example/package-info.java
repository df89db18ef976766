/// Programs that use the library as anybody could.
@org.jspecify.annotations.NullMarked
package org.danelaw.example;
