/** What goes wrong, said so that people and programs understand it. */
@NullMarked
package io.github.counterfoil.webdesk.problem;

import org.jspecify.annotations.NullMarked;
