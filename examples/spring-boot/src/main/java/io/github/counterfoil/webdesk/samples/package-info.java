/** Invented people and tickets. */
@NullMarked
package io.github.counterfoil.webdesk.samples;

import org.jspecify.annotations.NullMarked;
