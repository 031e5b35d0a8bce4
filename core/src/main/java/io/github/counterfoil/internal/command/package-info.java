/** The values of the commands, with their constraints. */
@NullMarked
package io.github.counterfoil.internal.command;

import org.jspecify.annotations.NullMarked;
