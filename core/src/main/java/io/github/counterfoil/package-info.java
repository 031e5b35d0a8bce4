/**
 * Counterfoil: support tickets on PostgreSQL. {@link io.github.counterfoil.TicketService} is the door: it hands out the
 * desks ({@link io.github.counterfoil.desk.AgentDesk}, {@link io.github.counterfoil.desk.CustomerDesk},
 * {@link io.github.counterfoil.desk.AdminDesk}), the people, the imports, the documents and the schema. Nothing else is in this
 * package, and nothing depends on it.
 *
 * <p>Exceptions go through Java's serialization with all they say. Values do not: none is {@code Serializable}, and what a
 * host keeps or sends of them it writes in a form of its own.
 */
@NullMarked
package io.github.counterfoil;

import org.jspecify.annotations.NullMarked;
