/** How a host's own migration tool runs Counterfoil's SQL files. */
@NullMarked
package io.github.counterfoil.migrations;

import org.jspecify.annotations.NullMarked;
