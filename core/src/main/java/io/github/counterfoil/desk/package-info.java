/** The two sides of the counter: all that an agent, and all that a customer, can do with tickets. */
@NullMarked
package io.github.counterfoil.desk;

import org.jspecify.annotations.NullMarked;
