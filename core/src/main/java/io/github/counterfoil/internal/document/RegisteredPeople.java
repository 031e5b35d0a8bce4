package io.github.counterfoil.internal.document;

import static io.github.counterfoil.internal.jooq.Tables.CUSTOMER;
import static io.github.counterfoil.internal.people.Folding.folded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.val;

import io.github.counterfoil.internal.database.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** People as the database knows them, each asked for once. */
final class RegisteredPeople implements TicketDocument.Registered {
    /** Cast, since nothing compares a text with each type whose values are written as strings. */
    private static final Field<String> LITERAL_EMAIL =
            field(name("literal", "email")).cast(SQLDataType.CLOB);

    private final Database database;
    private final @Nullable Table<Record> literalCustomers;
    private final Map<String, UUID> customersByEmail = new HashMap<>();
    private final Map<UUID, Boolean> customers = new HashMap<>();
    private @Nullable Map<String, UUID> renamed;

    RegisteredPeople(Database database) {
        this.database = database;
        this.literalCustomers = null;
    }

    /**
     * People whose tickets name them by the e-mails of a literal table of customers: two of those may differ in case alone, and
     * one may have another e-mail by now.
     *
     * @param schema of the literal table
     */
    RegisteredPeople(Database database, String schema) {
        this.database = database;
        this.literalCustomers = LiteralTable.named(schema, "customers");
    }

    @Override
    public UUID customerByEmail(String email) {
        return customersByEmail.computeIfAbsent(
                email,
                one -> literal(one)
                        .or(() -> registered(one))
                        .or(() -> renamed(one))
                        .orElse(DocumentFields.NIL));
    }

    @Override
    public boolean isCustomer(UUID personId) {
        return customers.computeIfAbsent(
                personId,
                one -> database.read(dsl -> !dsl.select(CUSTOMER.ID)
                        .from(CUSTOMER)
                        .where(CUSTOMER.ID.eq(one))
                        .fetch()
                        .isEmpty()));
    }

    /** Empty where the literal table does not know the e-mail; the nil UUID where nobody registered who has it there. */
    private Optional<UUID> literal(String email) {
        return literalCustomers == null
                ? Optional.empty()
                : database.read(dsl -> dsl
                        .select(CUSTOMER.ID)
                        .from(literalCustomers)
                        .leftJoin(CUSTOMER)
                        .on(CUSTOMER.ID.eq(LiteralTable.READABLE_ID))
                        .where(LITERAL_EMAIL.eq(email))
                        .orderBy(CUSTOMER.ID.asc().nullsLast())
                        .limit(1)
                        .fetch(row -> Objects.requireNonNullElse(row.value1(), DocumentFields.NIL))
                        .stream()
                        .findFirst());
    }

    private Optional<UUID> registered(String email) {
        return database.read(dsl -> dsl.select(CUSTOMER.ID)
                .from(CUSTOMER)
                .where(folded(CUSTOMER.EMAIL).eq(folded(val(email))))
                .fetchOptional(CUSTOMER.ID));
    }

    /** Who has the e-mail in the literal table, but for the case of its letters, and another one by now. */
    private Optional<UUID> renamed(String email) {
        Table<Record> before = literalCustomers;
        if (before == null) {
            return Optional.empty();
        }
        if (renamed == null) {
            renamed = database.read(dsl -> dsl.select(folded(LITERAL_EMAIL), CUSTOMER.ID)
                    .from(before)
                    .join(CUSTOMER)
                    .on(CUSTOMER.ID.eq(LiteralTable.READABLE_ID))
                    .where(folded(LITERAL_EMAIL).ne(folded(CUSTOMER.EMAIL)))
                    .orderBy(CUSTOMER.ID.desc())
                    .fetchMap(row -> row.value1(), row -> row.value2()));
        }
        return Optional.ofNullable(renamed.get(folded(email)));
    }
}
