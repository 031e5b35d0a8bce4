/** What a host may provide: connections and whose transactions they are in, and who is told of calls. */
@NullMarked
package io.github.counterfoil.spi;

import org.jspecify.annotations.NullMarked;
