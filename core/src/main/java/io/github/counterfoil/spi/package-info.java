/** What a host may provide: connections, and whose transactions they are in. */
@NullMarked
package io.github.counterfoil.spi;

import org.jspecify.annotations.NullMarked;
