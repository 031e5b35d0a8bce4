package io.github.counterfoil.webdesk.desk;

import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What an address of the inbox asks for.
 *
 * @param q a text to be found, or a ticket's number
 * @param after the cursor of a page
 */
public record InboxView(
        @Nullable Queue queue,
        @Nullable String q,
        @Nullable TicketStatus status,
        @Nullable Priority priority,
        @Nullable UUID assignee,
        @Nullable String tag,
        TicketQuery.@Nullable Sort sort,
        @Nullable String after) {

    public InboxView {
        queue = queue == null ? Queue.UNSOLVED : queue;
        q = q == null || q.isBlank() ? null : q.strip();
        tag = tag == null || tag.isBlank() ? null : tag.strip();
        after = after == null || after.isBlank() ? null : after;
    }

    // region: query
    TicketQuery query(UUID me) {
        TicketQuery query = queue().query(me);
        if (q != null) {
            query = q.matches("#?\\d{1,12}")
                    ? TicketQuery.all().number(Long.parseLong(q.replace("#", "")))
                    : query.matching(q).sort(TicketQuery.Sort.RELEVANCE);
        }
        if (status != null) {
            query = query.status(status);
        }
        if (priority != null) {
            query = query.priority(priority);
        }
        if (assignee != null) {
            query = query.assignedTo(assignee);
        }
        if (tag != null) {
            query = query.tags(tag);
        }
        return sort == null ? query : query.sort(sort);
    }
    // endregion

    /** The address of the same list from its beginning, or behind a cursor. */
    public String address(@Nullable String cursor) {
        return UriComponentsBuilder.fromPath("/desk")
                .queryParam("queue", queue())
                .queryParamIfPresent("q", Optional.ofNullable(q))
                .queryParamIfPresent("status", Optional.ofNullable(status))
                .queryParamIfPresent("priority", Optional.ofNullable(priority))
                .queryParamIfPresent("assignee", Optional.ofNullable(assignee))
                .queryParamIfPresent("tag", Optional.ofNullable(tag))
                .queryParamIfPresent("sort", Optional.ofNullable(sort))
                .queryParamIfPresent("after", Optional.ofNullable(cursor))
                .encode()
                .build()
                .toUriString();
    }
}
