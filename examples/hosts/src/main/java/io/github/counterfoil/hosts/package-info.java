/** What a host copies to use Counterfoil within its framework's transactions. */
@NullMarked
package io.github.counterfoil.hosts;

import org.jspecify.annotations.NullMarked;
