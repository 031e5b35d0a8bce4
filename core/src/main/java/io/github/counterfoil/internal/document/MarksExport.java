package io.github.counterfoil.internal.document;

import static io.github.counterfoil.internal.jooq.Tables.TICKET_READ;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Sent;
import io.github.counterfoil.internal.database.SqlText;
import io.github.counterfoil.internal.json.JsonObject;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Writes up to where a person has seen tickets, by the tickets' ids: the rows that are theirs, and nothing of the tickets. */
final class MarksExport {
    private static final int AT_ONCE = 1_000;

    private final Database database;
    private final Access access;
    private final Writer out;

    private record Mark(UUID ticketId, int version) {}

    private record MarksText(boolean agent, boolean first) {}

    MarksExport(Database database, Access access, Writer out) {
        this.database = database;
        this.access = access;
        this.out = out;
    }

    void write() throws IOException {
        String separator = "";
        List<Mark> marks = following(null);
        while (!marks.isEmpty()) {
            for (Mark mark : marks) {
                out.write(separator);
                separator = ", ";
                out.write(new JsonObject()
                        .put("ticket_id", mark.ticketId().toString())
                        .put("version", mark.version())
                        .text());
            }
            marks = following(marks.get(marks.size() - 1).ticketId());
        }
    }

    private List<Mark> following(@Nullable UUID last) {
        SqlText sql = database.text(
                new MarksText(!access.actor().isCustomer(), last == null), () -> query(access, last == null));
        Map<String, Object> values = access.values();
        if (last != null) {
            values.put("last", last);
        }
        return database.reads(reads -> reads.read(sql, values, rows -> {
            List<Mark> marks = new ArrayList<>();
            while (rows.next()) {
                marks.add(new Mark(rows.id(), rows.number()));
            }
            return marks;
        }));
    }

    private static Query query(Access access, boolean first) {
        Condition following = first ? DSL.noCondition() : TICKET_READ.TICKET_ID.gt(DSL.param("last", UUID.class));
        return select(Sent.all(List.of(TICKET_READ.TICKET_ID, TICKET_READ.SEQ)))
                .from(TICKET_READ)
                .where(access.ownMarks())
                .and(following)
                .orderBy(TICKET_READ.TICKET_ID)
                .limit(DSL.inline(AT_ONCE));
    }
}
