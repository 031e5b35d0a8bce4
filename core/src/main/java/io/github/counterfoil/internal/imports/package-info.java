/** Checks imported tickets and writes them in batches. */
@NullMarked
package io.github.counterfoil.internal.imports;

import org.jspecify.annotations.NullMarked;
