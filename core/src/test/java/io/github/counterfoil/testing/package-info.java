/** The PostgreSQL and the people that tests work with. */
@NullMarked
package io.github.counterfoil.testing;

import org.jspecify.annotations.NullMarked;
