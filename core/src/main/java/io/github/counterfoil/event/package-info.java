/** The history of a ticket: what happened, by whom and when, as agents and as customers see it. */
@NullMarked
package io.github.counterfoil.event;

import org.jspecify.annotations.NullMarked;
