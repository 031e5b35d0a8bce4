/** Tickets, customers and workers as JSON documents in the shapes of the schema document. */
@NullMarked
package io.github.counterfoil.document;

import org.jspecify.annotations.NullMarked;
