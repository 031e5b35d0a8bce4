/** The customers' pages: nothing here can reach what only the staff sees. */
@NullMarked
package io.github.counterfoil.webdesk.portal;

import org.jspecify.annotations.NullMarked;
