/**
 * Counterfoil: support tickets on PostgreSQL. {@link io.github.counterfoil.TicketService} is the door: it hands out the two
 * desks ({@link io.github.counterfoil.desk.AgentDesk}, {@link io.github.counterfoil.desk.CustomerDesk}), the people, the
 * imports and the schema. Nothing else is in this package, and nothing depends on it.
 */
@NullMarked
package io.github.counterfoil;

import org.jspecify.annotations.NullMarked;
