/** Cursors: opaque, and good only for the list and the person they were made for. */
@NullMarked
package io.github.counterfoil.internal.page;

import org.jspecify.annotations.NullMarked;
