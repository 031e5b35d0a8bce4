/** Applies the SQL files and checks their version. */
@NullMarked
package io.github.counterfoil.internal.schema;

import org.jspecify.annotations.NullMarked;
