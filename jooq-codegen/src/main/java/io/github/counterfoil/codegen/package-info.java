/** Writes core's generated jOOQ classes. */
@NullMarked
package io.github.counterfoil.codegen;

import org.jspecify.annotations.NullMarked;
