/** The agents' pages. */
@NullMarked
package io.github.counterfoil.webdesk.desk;

import org.jspecify.annotations.NullMarked;
