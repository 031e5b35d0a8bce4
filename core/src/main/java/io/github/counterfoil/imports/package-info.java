/** Tickets from elsewhere, with their own times, authors and ids. */
@NullMarked
package io.github.counterfoil.imports;

import org.jspecify.annotations.NullMarked;
