/** Both sides as JSON. */
@NullMarked
package io.github.counterfoil.webdesk.rest;

import org.jspecify.annotations.NullMarked;
