/** Who takes part, and how they are made to work. */
@NullMarked
package io.github.counterfoil.benchmark.contestant;

import org.jspecify.annotations.NullMarked;
