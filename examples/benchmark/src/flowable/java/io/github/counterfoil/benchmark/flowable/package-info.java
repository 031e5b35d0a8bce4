/** Tickets as the tasks of a workflow engine. */
@NullMarked
package io.github.counterfoil.benchmark.flowable;

import org.jspecify.annotations.NullMarked;
