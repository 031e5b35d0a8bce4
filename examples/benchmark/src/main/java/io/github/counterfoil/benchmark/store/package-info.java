/** Ways of keeping tickets, each behind the same operations. */
@NullMarked
package io.github.counterfoil.benchmark.store;

import org.jspecify.annotations.NullMarked;
