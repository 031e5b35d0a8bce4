/** Replays a log of ticket operations into Counterfoil, and reads back what came of it. */
@NullMarked
package io.github.counterfoil.replay;

import org.jspecify.annotations.NullMarked;
