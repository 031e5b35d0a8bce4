package io.github.counterfoil.internal.people;

import static io.github.counterfoil.internal.jooq.Tables.APPLY_TO_PERSON;

import io.github.counterfoil.internal.command.CommandKey;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.jooq.tables.records.ApplyToPersonRecord;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.refusal.Refused;
import java.util.UUID;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** Calls the function of the schema that does something to a person: one statement, stored at most once under its id. */
public final class PeopleFunctions {

    private PeopleFunctions() {}

    /**
     * What is done to a person.
     *
     * @param adminId who acts; null for the host itself
     * @param name of the change, as {@code apply_to_person} takes it
     * @param args its values
     */
    public record PersonChange(@Nullable UUID adminId, UUID personId, String name, JsonObject args) {}

    public static void apply(Database database, PersonChange change, UUID commandId) {
        String args = change.args().text();
        CommandKey key = CommandKey.ofPerson(change.adminId(), change.name(), change.personId(), commandId, args);
        ApplyToPersonRecord row = database.command(
                commandId,
                (dsl, frame) -> dsl.fetchSingle(APPLY_TO_PERSON(
                        key.firstId(),
                        key.digest(),
                        change.adminId(),
                        change.personId(),
                        change.name(),
                        JSONB.valueOf(args),
                        frame.patience(),
                        frame.durable())));
        Refused refused = Refused.of(row.getRefusal(), row.getSubject());
        if (refused != null) {
            throw refused.exception(commandId);
        }
    }
}
