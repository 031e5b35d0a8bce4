/** What the contestants do. */
@NullMarked
package io.github.counterfoil.benchmark.workload;

import org.jspecify.annotations.NullMarked;
