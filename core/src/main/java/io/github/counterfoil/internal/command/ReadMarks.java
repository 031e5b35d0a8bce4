package io.github.counterfoil.internal.command;

import static io.github.counterfoil.internal.jooq.Tables.MARK_READ;

import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.jooq.tables.records.MarkReadRecord;
import io.github.counterfoil.internal.refusal.Refused;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores up to where people have seen tickets. */
public final class ReadMarks {
    private ReadMarks() {}

    public static void toEnd(ServiceContext context, Actor actor, UUID ticketId) {
        mark(context, actor, ticketId, null);
    }

    /** @param version as the actor's side counts */
    public static void upTo(ServiceContext context, Actor actor, UUID ticketId, int version) {
        mark(context, actor, ticketId, Given.version(version));
    }

    private static void mark(ServiceContext context, Actor actor, UUID ticketId, @Nullable Integer seq) {
        MarkReadRecord row = context.database()
                .write((dsl, frame) -> dsl.fetchSingle(MARK_READ(
                        ticketId, actor.id(), actor.role().wireName(), seq, frame.patience(), frame.durable())));
        Refused refused = Refused.of(row.getRefusal(), row.getSubject());
        if (refused != null) {
            throw context.refusal(actor, refused);
        }
    }
}
