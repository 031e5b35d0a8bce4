/** Times, and what can be counted exactly. */
@NullMarked
package io.github.counterfoil.benchmark.measure;

import org.jspecify.annotations.NullMarked;
