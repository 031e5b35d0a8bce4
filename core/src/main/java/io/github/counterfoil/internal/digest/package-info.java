/** SHA-256: of files, and in the ids and cursors that are made from what they stand for. */
@NullMarked
package io.github.counterfoil.internal.digest;

import org.jspecify.annotations.NullMarked;
