/** What an operator's monitoring asks. */
@NullMarked
package io.github.counterfoil.webdesk.health;

import org.jspecify.annotations.NullMarked;
