/** Observers for the metrics and the traces of a host: to be copied. */
@NullMarked
package io.github.counterfoil.observability;

import org.jspecify.annotations.NullMarked;
