/** Runs commands: what each changes, the functions that do it, and what comes back. */
@NullMarked
package io.github.counterfoil.internal.command;

import org.jspecify.annotations.NullMarked;
