/** What a host notices of Counterfoil. */
@NullMarked
package io.github.counterfoil.host;

import org.jspecify.annotations.NullMarked;
