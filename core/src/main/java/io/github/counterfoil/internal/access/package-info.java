/** Who may read and do what: the one place where rights become SQL. */
@NullMarked
package io.github.counterfoil.internal.access;

import org.jspecify.annotations.NullMarked;
