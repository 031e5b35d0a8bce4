/** Files that are attached to replies. */
@NullMarked
package io.github.counterfoil.webdesk.files;

import org.jspecify.annotations.NullMarked;
