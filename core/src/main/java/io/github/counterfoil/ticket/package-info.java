/** Tickets as agents and as customers see them, how to open one, and which status follows from what. */
@NullMarked
package io.github.counterfoil.ticket;

import org.jspecify.annotations.NullMarked;
