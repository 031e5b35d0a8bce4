/** What {@code TicketService.verify} finds: where tickets are not what their histories say. */
@NullMarked
package io.github.counterfoil.verification;

import org.jspecify.annotations.NullMarked;
