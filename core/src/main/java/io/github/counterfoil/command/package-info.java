/** What can be done with a ticket, as values: the same value serves a desk, a macro, a bulk change and a queue. */
@NullMarked
package io.github.counterfoil.command;

import org.jspecify.annotations.NullMarked;
