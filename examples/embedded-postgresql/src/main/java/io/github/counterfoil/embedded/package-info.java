/** A PostgreSQL server started from a Maven artifact, for examples, tests and the code generator. */
@NullMarked
package io.github.counterfoil.embedded;

import org.jspecify.annotations.NullMarked;
