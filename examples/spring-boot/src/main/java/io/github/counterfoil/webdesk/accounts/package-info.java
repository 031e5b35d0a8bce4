/** Who signs in: the host's own table of users, with keys of type bigint. */
@NullMarked
package io.github.counterfoil.webdesk.accounts;

import org.jspecify.annotations.NullMarked;
