package io.github.counterfoil.internal.event;

import static io.github.counterfoil.internal.jooq.Tables.ATTACHMENT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_EVENT;

import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Sent;
import java.util.List;
import java.util.UUID;
import org.jooq.Query;
import org.jooq.impl.DSL;

/** Finds the message that names a file: what may be seen of the file is what may be seen of that. */
public final class AttachmentRepository {
    public static final String TICKET_ID = "ticket";
    public static final String ATTACHMENT_ID = "attachment";

    private AttachmentRepository() {}

    /** The documented attachments of the message that names a file of a ticket, if the actor may see it. */
    public static Query query(Access access) {
        return DSL.select(Sent.all(List.of(DSL.jsonbGetAttribute(TICKET_EVENT.BODY, DSL.inline("attachments"))
                        .as("attachments"))))
                .from(ATTACHMENT)
                .join(TICKET)
                .on(TICKET.ID.eq(ATTACHMENT.TICKET))
                .join(TICKET_EVENT)
                .on(TICKET_EVENT.TICKET_ID.eq(TICKET.ID))
                .and(TICKET_EVENT.SEQ.eq(ATTACHMENT.SEQ))
                .join(access.people())
                .on(access.acts())
                .where(ATTACHMENT.ID.eq(DSL.param(ATTACHMENT_ID, UUID.class)))
                .and(ATTACHMENT.GONE.isFalse())
                .and(TICKET.ID.eq(DSL.param(TICKET_ID, UUID.class)))
                .and(access.visibleTickets())
                .and(access.visibleEvents());
    }
}
