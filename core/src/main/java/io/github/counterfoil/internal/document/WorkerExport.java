package io.github.counterfoil.internal.document;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.event.EventRepository;
import io.github.counterfoil.internal.event.EventRepository.WrittenEvent;
import io.github.counterfoil.json.JsonValue;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes what a worker did, of which no more is held at a time than one answer holds. */
final class WorkerExport {
    private final Database database;
    private final Access access;
    private final UUID workerId;
    private final Writer out;

    WorkerExport(ServiceContext context, UUID workerId, Writer out) {
        this.database = context.database();
        this.access = context.access(new Actor(Role.AGENT, workerId));
        this.workerId = workerId;
        this.out = out;
    }

    /** @param worker their document */
    boolean write(JsonValue worker) throws IOException {
        out.write("{\"worker\": ");
        out.write(worker.text());
        out.write(", \"events\": [");
        WrittenEvent last = null;
        List<WrittenEvent> events = following(last);
        while (!events.isEmpty()) {
            for (WrittenEvent event : events) {
                out.write(last == null ? "" : ", ");
                out.write(event.json());
                last = event;
            }
            events = following(last);
        }
        out.write("], \"read\": [");
        new MarksExport(database, access, out).write();
        out.write("]}");
        return true;
    }

    private List<WrittenEvent> following(@Nullable WrittenEvent last) {
        return database.read(dsl -> EventRepository.written(dsl, workerId, last));
    }
}
