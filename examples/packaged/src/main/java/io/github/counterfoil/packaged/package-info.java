/** Programs with nothing on their class path or module path but Counterfoil and what its POM names. */
@NullMarked
package io.github.counterfoil.packaged;

import org.jspecify.annotations.NullMarked;
