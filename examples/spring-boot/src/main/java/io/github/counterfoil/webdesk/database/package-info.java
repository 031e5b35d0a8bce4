/** Where the tickets are. */
@NullMarked
package io.github.counterfoil.webdesk.database;

import org.jspecify.annotations.NullMarked;
