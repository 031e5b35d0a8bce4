/** Compares ways of keeping tickets on PostgreSQL, one beside the other in one run. */
@NullMarked
package io.github.counterfoil.benchmark;

import org.jspecify.annotations.NullMarked;
