/** Events as rows: their JSON bodies, and the one way to read them. */
@NullMarked
package io.github.counterfoil.internal.event;

import org.jspecify.annotations.NullMarked;
