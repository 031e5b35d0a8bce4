/** JSON as text in one canonical form: what values are made of, so it knows none. */
@NullMarked
package io.github.counterfoil.internal.json.text;

import org.jspecify.annotations.NullMarked;
