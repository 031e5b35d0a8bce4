/** Reads and writes JSON objects. With the package below the only user of Jackson. */
@NullMarked
package io.github.counterfoil.internal.json;

import org.jspecify.annotations.NullMarked;
