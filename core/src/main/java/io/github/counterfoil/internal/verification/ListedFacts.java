package io.github.counterfoil.internal.verification;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_ACTIVITY;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_ASSIGNMENT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_TAG;
import static org.jooq.impl.DSL.boolAnd;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.length;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;

import io.github.counterfoil.internal.event.EventRepository;
import io.github.counterfoil.internal.event.ReferenceRepository;
import io.github.counterfoil.internal.jooq.Routines;
import io.github.counterfoil.internal.validation.TextRules;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What lists and figures are read from, beside the row of the ticket that a query is at.
 *
 * @param firstResponse the number of the first message that customers see of a worker who is no system actor; null if there is none
 * @param activityFits whether {@code ticket_activity} repeats the ticket as it stands there
 * @param assignmentsFit whether {@code ticket_assignment} does
 * @param tagsFit whether {@code ticket_tag} does
 * @param responseFits whether {@code ticket_fact} holds the first response that the ticket names, and no other
 * @param referencesFit whether the ticket's rows of {@code ticket_reference} are on what it has
 * @param wordsFit whether {@code ticket_search} holds nothing that others than those who see a text find it by
 */
record ListedFacts(
        @Nullable Integer firstResponse,
        boolean activityFits,
        boolean assignmentsFit,
        boolean tagsFit,
        boolean responseFits,
        boolean wordsFit,
        boolean referencesFit) {

    private static final Field<Boolean> ACTIVITY_FITS = DSL.field(DSL.field(selectCount()
                            .from(TICKET_ACTIVITY)
                            .where(TICKET_ACTIVITY.TICKET_ID.eq(TICKET.ID))
                            .and(TICKET_ACTIVITY.STATUS.eq(TICKET.STATUS))
                            .and(TICKET_ACTIVITY.UPDATED_AT.eq(TICKET.UPDATED_AT)))
                    .eq(inline(1)))
            .as("activity_fits");

    private static final Field<Boolean> ASSIGNMENTS_FIT = coalesce(
                    DSL.field(select(boolAnd(TICKET_ASSIGNMENT
                                    .STATUS
                                    .eq(TICKET.STATUS)
                                    .and(TICKET_ASSIGNMENT.PRIORITY.eq(TICKET.PRIORITY))
                                    .and(TICKET_ASSIGNMENT.TICKET_CREATED_AT.eq(TICKET.CREATED_AT))
                                    .and(TICKET.ASSIGNED)))
                            .from(TICKET_ASSIGNMENT)
                            .where(TICKET_ASSIGNMENT.TICKET_ID.eq(TICKET.ID))),
                    DSL.field(DSL.condition(TICKET.ASSIGNED).not()))
            .as("assignments_fit");

    private static final Field<Boolean> TAGS_FIT = DSL.field(tags(DSL.noCondition())
                    .eq(shortTags())
                    .and(tags(TICKET_TAG
                                    .STATUS
                                    .eq(TICKET.STATUS)
                                    .and(TICKET_TAG.PRIORITY.eq(TICKET.PRIORITY))
                                    .and(TICKET_TAG.TICKET_CREATED_AT.eq(TICKET.CREATED_AT))
                                    .and(TICKET_TAG.TAG.eq(DSL.any(TICKET.TAGS))))
                            .eq(shortTags())))
            .as("tags_fit");

    private static final Field<Boolean> WORDS_FIT =
            Routines.wordsFit(TICKET.ID, TICKET.CUSTOMER_ID).as("words_fit");

    /** What to select of a ticket for {@link #of}. */
    static final List<Field<?>> FIELDS = List.of(
            EventRepository.FIRST_RESPONSE,
            ACTIVITY_FITS,
            ASSIGNMENTS_FIT,
            TAGS_FIT,
            EventRepository.RESPONSE_FITS,
            WORDS_FIT,
            ReferenceRepository.REFERENCES_FIT);

    private static Field<Integer> tags(Condition among) {
        return DSL.field(selectCount()
                .from(TICKET_TAG)
                .where(TICKET_TAG.TICKET_ID.eq(TICKET.ID))
                .and(among));
    }

    private static Field<Integer> shortTags() {
        Table<?> tag = DSL.unnest(TICKET.TAGS).as("tag_of_ticket", "tag");
        return DSL.field(selectCount()
                .from(tag)
                .where(length(tag.field("tag", String.class)).le(inline(TextRules.MAX_LABEL))));
    }

    static ListedFacts of(Record row) {
        return new ListedFacts(
                row.get(EventRepository.FIRST_RESPONSE),
                row.get(ACTIVITY_FITS),
                row.get(ASSIGNMENTS_FIT),
                row.get(TAGS_FIT),
                row.get(EventRepository.RESPONSE_FITS),
                row.get(WORDS_FIT),
                row.get(ReferenceRepository.REFERENCES_FIT));
    }
}
