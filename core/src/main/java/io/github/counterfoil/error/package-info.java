/** What can go wrong: one unchecked base, and a type for each thing that a caller would handle differently. */
@NullMarked
package io.github.counterfoil.error;

import org.jspecify.annotations.NullMarked;
