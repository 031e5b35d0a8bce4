/** The people and tickets that every contestant keeps: the same for all, and the same in every run. */
@NullMarked
package io.github.counterfoil.benchmark.sample;

import org.jspecify.annotations.NullMarked;
