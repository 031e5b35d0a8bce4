/** What Jackson calls, of whichever version the host has. It knows no value: {@link io.github.counterfoil.internal.json.text.JsonAccess} does. */
@NullMarked
package io.github.counterfoil.internal.json.jackson;

import org.jspecify.annotations.NullMarked;
