/** A small support day, printed as each side of the counter sees it. */
@NullMarked
package io.github.counterfoil.quickstart;

import org.jspecify.annotations.NullMarked;
