/** What the schema's functions refuse, and the exceptions that it becomes. */
@NullMarked
package io.github.counterfoil.internal.refusal;

import org.jspecify.annotations.NullMarked;
