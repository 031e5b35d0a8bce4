/** The SQL files behind the tables: listed, applied and verified on request, never behind the host's back. */
@NullMarked
package io.github.counterfoil.schema;

import org.jspecify.annotations.NullMarked;
