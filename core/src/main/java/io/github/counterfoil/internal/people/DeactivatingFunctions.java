package io.github.counterfoil.internal.people;

import static io.github.counterfoil.internal.jooq.Tables.DEACTIVATE_WORKER;

import io.github.counterfoil.internal.command.CommandKey;
import io.github.counterfoil.internal.command.Steps;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.jooq.tables.records.DeactivateWorkerRecord;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.refusal.Refused;
import io.github.counterfoil.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls the function of the schema that deactivates a worker until it is done: each call a transaction, or all in the host's. */
public final class DeactivatingFunctions {
    /** Tickets of a step: few enough that who works on them does not notice. */
    private static final int TICKETS_AT_ONCE = 100;

    private DeactivatingFunctions() {}

    /** The tickets that were freed. */
    public static List<UUID> deactivate(
            Database database, UUID adminId, UUID workerId, UUID commandId, @Nullable Instant now) {
        CommandKey key = CommandKey.ofPerson(adminId, "deactivate", workerId, commandId, new JsonObject().text());
        Steps steps = new Steps(commandId);
        DeactivateWorkerRecord row;
        do {
            // It waits for those who assign the worker, and has to see what they stored.
            row = steps.store(() -> database.settledCommand(
                    commandId,
                    (dsl, frame) -> dsl.fetchSingle(DEACTIVATE_WORKER(
                            key.firstId(),
                            key.digest(),
                            adminId,
                            workerId,
                            now,
                            frame.joins() ? null : (Integer) TICKETS_AT_ONCE,
                            frame.patience(),
                            frame.durable()))));
            Refused refused = Refused.of(row.getRefusal(), row.getSubject());
            if (refused != null) {
                throw refused.exception(commandId);
            }
        } while (!row.getDone());
        return JsonValue.parse(Objects.requireNonNull(row.getAnswer()).data()).elements().stream()
                .map(JsonValue::string)
                .map(UUID::fromString)
                .toList();
    }
}
