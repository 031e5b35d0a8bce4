/** Lists and histories in pages, by opaque cursors. */
@NullMarked
package io.github.counterfoil.page;

import org.jspecify.annotations.NullMarked;
