/** A desk over HTTP with nothing but the JDK, a pool and Counterfoil. */
@NullMarked
package io.github.counterfoil.plain;

import org.jspecify.annotations.NullMarked;
