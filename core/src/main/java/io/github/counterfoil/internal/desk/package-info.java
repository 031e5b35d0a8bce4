/** The desks, bound to who acts. */
@NullMarked
package io.github.counterfoil.internal.desk;

import org.jspecify.annotations.NullMarked;
