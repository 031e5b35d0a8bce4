/** Tells the host's observer of the calls of a service. */
@NullMarked
package io.github.counterfoil.internal.observation;

import org.jspecify.annotations.NullMarked;
