/** What a host may provide: connections. */
@NullMarked
package io.github.counterfoil.spi;

import org.jspecify.annotations.NullMarked;
