package io.github.counterfoil.internal.document;

import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.event.EventRepository;
import io.github.counterfoil.internal.event.EventRepository.EventDocument;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes a ticket's document, however large: of its events no more is held at a time than one answer holds. */
final class TicketExport {
    private final Database database;
    private final UUID ticketId;
    private final Writer out;

    TicketExport(Database database, UUID ticketId, Writer out) {
        this.database = database;
        this.ticketId = ticketId;
        this.out = out;
    }

    /** Whether there is such a ticket. Events that come later are not in it. */
    boolean write() throws IOException {
        Optional<EventRepository.DocumentFrame> found = database.read(dsl -> EventRepository.frame(dsl, ticketId));
        if (found.isEmpty()) {
            return false;
        }
        String frame = found.get().json();
        int last = found.get().lastEvent();
        out.write(frame, 0, frame.length() - 1);
        out.write(", \"ticket_history\": {\"events\": [");
        writeEvents(last, false);
        out.write("]}, \"internal_notes\": {\"notes\": [");
        writeEvents(last, true);
        out.write("]}}");
        return true;
    }

    private void writeEvents(int last, boolean notes) throws IOException {
        int seq = 0;
        while (seq < last) {
            int after = seq;
            List<EventDocument> events =
                    database.read(dsl -> EventRepository.documents(dsl, ticketId, after, last, notes));
            if (events.isEmpty()) {
                return;
            }
            for (EventDocument event : events) {
                if (seq > 0) {
                    out.write(", ");
                }
                out.write(event.json());
                seq = event.seq();
            }
        }
    }
}
