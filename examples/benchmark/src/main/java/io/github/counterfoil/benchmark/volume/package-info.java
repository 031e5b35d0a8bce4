/** Many tickets, spread as those of a real desk, and what it costs to find some of them. */
@NullMarked
package io.github.counterfoil.benchmark.volume;

import org.jspecify.annotations.NullMarked;
