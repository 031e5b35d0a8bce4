/** Connections, statements and what PostgreSQL's errors mean to a caller. */
@NullMarked
package io.github.counterfoil.internal.database;

import org.jspecify.annotations.NullMarked;
