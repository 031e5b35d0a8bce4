package io.github.counterfoil.internal.ticket;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketQuery.Sort;
import io.github.counterfoil.ticket.TicketQuery.Span;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.Optional;
import java.util.Set;

/**
 * What the text of a query depends on: all but its values.
 *
 * @param statuses none for any
 * @param priorities none for any
 * @param assignees how many
 * @param allTags how many
 * @param anyTags how many
 * @param fields how many
 */
record QueryShape(
        Role side,
        Set<TicketStatus> statuses,
        Set<Priority> priorities,
        int assignees,
        boolean unassigned,
        boolean ofCustomer,
        boolean followed,
        int allTags,
        int anyTags,
        boolean noTags,
        boolean channels,
        int fields,
        boolean heldFields,
        Ends created,
        Ends updated,
        Ends closed,
        Ends statusSince,
        Optional<Boolean> responded,
        boolean unanswered,
        Optional<Boolean> snoozed,
        Ends woke,
        boolean numbered,
        boolean text,
        Sort sort) {

    /** Which ends of a span are given. */
    record Ends(boolean from, boolean before) {
        static Ends of(Span span) {
            return new Ends(span.from().isPresent(), span.before().isPresent());
        }

        boolean any() {
            return from || before;
        }
    }

    static QueryShape of(Role side, TicketQuery query, Sort sort) {
        return new QueryShape(
                side,
                query.statuses(),
                query.priorities(),
                query.assigneeIds().size(),
                query.isUnassigned(),
                query.customerId().isPresent(),
                query.followerId().isPresent(),
                query.allTags().size(),
                query.anyTags().size(),
                !query.noTags().isEmpty(),
                !query.channels().isEmpty(),
                query.fields().size(),
                !query.heldFields().isEmpty(),
                Ends.of(query.created()),
                Ends.of(query.updated()),
                Ends.of(query.closed()),
                Ends.of(query.statusSince()),
                query.responded(),
                query.unansweredSince().isPresent(),
                query.snoozed(),
                Ends.of(query.woke()),
                query.number().isPresent(),
                query.text().isPresent(),
                sort);
    }

    /** Whether all that is wanted is of one customer or follower, has one number or one text, or was put off: then no other tickets are looked at. */
    boolean ofOne() {
        return side == Role.CUSTOMER || ofCustomer || followed || numbered || text || putOff();
    }

    /** Whether only tickets are wanted that were put off: those that are, and those that came back by themselves. */
    boolean putOff() {
        return woke.any() || snoozed.orElse(false);
    }
}
