/** What a caller has to give at once, since nothing can hold that it is missing. */
@NullMarked
package io.github.counterfoil.internal.given;

import org.jspecify.annotations.NullMarked;
