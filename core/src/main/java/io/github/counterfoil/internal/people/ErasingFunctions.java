package io.github.counterfoil.internal.people;

import static io.github.counterfoil.internal.jooq.Tables.ERASE_PERSON;

import io.github.counterfoil.desk.AdminDesk.Erased;
import io.github.counterfoil.internal.command.CommandKey;
import io.github.counterfoil.internal.command.Steps;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.jooq.tables.records.ErasePersonRecord;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.refusal.Refused;
import io.github.counterfoil.json.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** Calls the function of the schema that erases a person until it is done: each call a transaction, or all in the host's. */
public final class ErasingFunctions {
    /** Events of a step: few enough that who works on their tickets does not notice. */
    private static final int EVENTS_AT_ONCE = 1_000;

    private ErasingFunctions() {}

    public static Erased erase(Database database, UUID adminId, UUID personId, UUID commandId) {
        CommandKey key = CommandKey.ofPerson(adminId, "erase", personId, commandId, new JsonObject().text());
        Steps steps = new Steps(commandId);
        ErasePersonRecord row;
        do {
            // It waits for those who write under the name, and has to see what they stored.
            row = steps.store(() -> database.settledCommand(
                    commandId,
                    (dsl, frame) -> dsl.fetchSingle(ERASE_PERSON(
                            key.firstId(),
                            key.digest(),
                            adminId,
                            personId,
                            EVENTS_AT_ONCE,
                            frame.patience(),
                            frame.durable()))));
            Refused refused = Refused.of(row.getRefusal(), row.getSubject());
            if (refused != null) {
                throw refused.exception(commandId);
            }
        } while (!row.getDone());
        return report(JsonValue.parse(Objects.requireNonNull(row.getAnswer()).data()));
    }

    private static Erased report(JsonValue answer) {
        return new Erased(
                member(answer, "events").number().longValue(),
                member(answer, "texts").number().longValue(),
                member(answer, "tickets").elements().stream()
                        .map(JsonValue::string)
                        .map(UUID::fromString)
                        .toList());
    }

    private static JsonValue member(JsonValue answer, String name) {
        return Objects.requireNonNull(answer.members().get(name));
    }
}
