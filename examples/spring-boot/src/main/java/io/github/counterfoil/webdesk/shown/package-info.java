/** What templates show. */
@NullMarked
package io.github.counterfoil.webdesk.shown;

import org.jspecify.annotations.NullMarked;
