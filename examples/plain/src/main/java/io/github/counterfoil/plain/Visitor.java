package io.github.counterfoil.plain;

import java.util.UUID;

/**
 * Who calls, as your login says: nothing of a request is asked for it but its token.
 *
 * @param agent whether it is the staff's side
 */
record Visitor(UUID id, boolean agent) {}
