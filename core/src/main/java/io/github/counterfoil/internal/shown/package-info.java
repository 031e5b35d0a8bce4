/** Which parts of a value customers are shown. */
@NullMarked
package io.github.counterfoil.internal.shown;

import org.jspecify.annotations.NullMarked;
