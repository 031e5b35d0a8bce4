package io.github.counterfoil.internal.document;

import static io.github.counterfoil.internal.jooq.Tables.CUSTOMER;
import static io.github.counterfoil.internal.jooq.Tables.WORKER;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.val;

import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.database.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** People as the database knows them, each asked for once. */
final class RegisteredPeople implements TicketDocument.Registered {
    private final Database database;
    private final Map<String, UUID> customersByEmail = new HashMap<>();
    private final Map<Actor, Author> authors = new HashMap<>();

    RegisteredPeople(Database database) {
        this.database = database;
    }

    @Override
    public UUID customerByEmail(String email) {
        return customersByEmail.computeIfAbsent(
                email,
                one -> database.read(dsl -> dsl.select(CUSTOMER.ID)
                        .from(CUSTOMER)
                        .where(lower(CUSTOMER.EMAIL.collate("C")).eq(lower(val(one).collate("C"))))
                        .fetchOptional(CUSTOMER.ID)
                        .orElse(DocumentFields.NIL)));
    }

    @Override
    public Author author(UUID personId, Role role) {
        return authors.computeIfAbsent(
                new Actor(role, personId),
                actor -> database.read(dsl -> {
                    var rows = actor.isCustomer()
                            ? dsl.select(CUSTOMER.FIRST_NAME, CUSTOMER.LAST_NAME)
                                    .from(CUSTOMER)
                                    .where(CUSTOMER.ID.eq(personId))
                                    .fetch()
                            : dsl.select(WORKER.FIRST_NAME, WORKER.LAST_NAME)
                                    .from(WORKER)
                                    .where(WORKER.ID.eq(personId))
                                    .fetch();
                    return rows.isEmpty()
                            ? new Author(personId, "", "", role)
                            : new Author(
                                    personId, rows.get(0).value1(), rows.get(0).value2(), role);
                }));
    }
}
