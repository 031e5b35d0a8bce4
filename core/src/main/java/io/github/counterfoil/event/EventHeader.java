package io.github.counterfoil.event;

import java.time.Instant;
import java.util.UUID;

/**
 * What every event has.
 *
 * @param id unique in the whole database
 * @param ticketId the ticket
 * @param seq the event's place in the ticket's history: 1, 2, 3, … without gaps
 * @param createdAt when, to the microsecond; never before the event of the preceding {@code seq}
 * @param author who
 * @param visibility {@code visibility} as stored. It does not decide alone who sees the event: what nobody registered
 *     stays with the staff whatever it says
 */
public record EventHeader(UUID id, UUID ticketId, int seq, Instant createdAt, Author author, Visibility visibility) {}
