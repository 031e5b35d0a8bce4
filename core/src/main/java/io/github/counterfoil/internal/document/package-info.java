/** Reads and writes documents. */
@NullMarked
package io.github.counterfoil.internal.document;

import org.jspecify.annotations.NullMarked;
