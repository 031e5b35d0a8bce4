/** Tickets as rows: what they begin with, and the queries that read them. */
@NullMarked
package io.github.counterfoil.internal.ticket;

import org.jspecify.annotations.NullMarked;
