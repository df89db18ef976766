/// What the shape of the code is held to.
@org.jspecify.annotations.NullMarked
package org.danelaw.lab.architecture;
