/** Tickets as rows: the commands that change them and the queries that read them. */
@NullMarked
package io.github.counterfoil.internal.ticket;

import org.jspecify.annotations.NullMarked;
