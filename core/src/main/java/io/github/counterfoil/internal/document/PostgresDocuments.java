package io.github.counterfoil.internal.document;

import static io.github.counterfoil.internal.jooq.Tables.CUSTOMERS;
import static io.github.counterfoil.internal.jooq.Tables.WORKERS;

import io.github.counterfoil.document.Documents;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.DocumentJson;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventRepository;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.imports.PostgresImports;
import io.github.counterfoil.internal.json.JsonMembers;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.json.JsonValue;
import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.JSONB;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** Documents as the views show them, and as imports take them. */
public final class PostgresDocuments implements Documents {
    private final ServiceContext context;
    private final Database database;
    private final EventTypes types;

    public PostgresDocuments(ServiceContext context) {
        this.context = context;
        this.database = context.database();
        this.types = context.eventTypes();
    }

    @Override
    public Optional<JsonValue> ticket(UUID ticketId) {
        Given.value("ticket_id", ticketId);
        return database.read(dsl -> EventRepository.document(dsl, ticketId)).map(PostgresDocuments::value);
    }

    @Override
    public boolean writeTicket(UUID ticketId, Writer out) throws IOException {
        Given.both("ticket_id", ticketId, "out", out);
        return Written.atOneMoment(
                database, out, (moment, writer) -> new TicketExport(moment, ticketId, writer).write());
    }

    @Override
    public boolean writeCustomer(UUID customerId, Writer out) throws IOException {
        Given.both("customer_id", customerId, "out", out);
        return Written.atOneMoment(
                database, out, (moment, writer) -> new CustomerExport(context.on(moment), customerId, writer).write());
    }

    @Override
    public boolean writeWorker(UUID workerId, Writer out) throws IOException {
        Given.both("worker_id", workerId, "out", out);
        return Written.atOneMoment(database, out, (moment, writer) -> {
            Optional<JsonValue> worker = document(moment, WORKERS, WORKERS.ID, workerId);
            return worker.isPresent() && new WorkerExport(context.on(moment), workerId, writer).write(worker.get());
        });
    }

    @Override
    public Optional<JsonValue> customer(UUID customerId) {
        return document(database, CUSTOMERS, CUSTOMERS.ID, Given.value("customer_id", customerId));
    }

    @Override
    public Optional<JsonValue> worker(UUID workerId) {
        return document(database, WORKERS, WORKERS.ID, Given.value("worker_id", workerId));
    }

    private static Optional<JsonValue> document(Database database, Table<?> view, TableField<?, UUID> key, UUID id) {
        return database.read(dsl -> dsl.select(DocumentJson.object(view.fields()))
                        .from(view)
                        .where(key.eq(id))
                        .fetchOptional(row -> row.value1()))
                .map(PostgresDocuments::value);
    }

    private static JsonValue value(JSONB json) {
        return JsonValue.parse(json.data());
    }

    @Override
    public Imports.Report importTickets(Iterator<JsonValue> tickets, Imports.Options options) {
        Given.both("tickets", tickets, "options", options);
        return importTickets(tickets, options, new RegisteredPeople(database));
    }

    Imports.Report importTickets(Iterator<JsonValue> tickets, Imports.Options options, RegisteredPeople people) {
        PostgresImports.Run run = new PostgresImports(database, types).start(options);
        EventReader reader = new EventReader(types);
        tickets.forEachRemaining(ticket -> {
            Optional<JsonMembers> document = DocumentFields.members(ticket);
            if (document.isEmpty()) {
                run.refuse(List.of(DocumentFields.noDocument(run.next())));
                return;
            }
            TicketDocument.Outcome outcome = TicketDocument.read(run.next(), document.get(), reader, people);
            if (outcome.candidate().isEmpty()) {
                run.refuse(outcome.faults());
            } else {
                outcome.candidate().forEach(run::add);
            }
        });
        return run.finish();
    }

    @Override
    public Imports.Report importCustomers(Iterator<JsonValue> customers) {
        return new PersonDocuments(database).importCustomers(Given.value("customers", customers));
    }

    @Override
    public Imports.Report importWorkers(Iterator<JsonValue> workers) {
        return new PersonDocuments(database).importWorkers(Given.value("workers", workers));
    }

    @Override
    public Documents.AdoptionReport adopt(String schema, Imports.Options options) {
        Faults faults = new Faults();
        faults.add("schema", problem(schema));
        faults.require("options", options);
        faults.throwIfAny();
        return new Adoption(database, this, schema, options).run();
    }

    private @Nullable Problem problem(@Nullable String literalSchema) {
        if (literalSchema == null) {
            return Problem.of("required");
        }
        if (literalSchema.isEmpty()) {
            return Problem.of("length", 1);
        }
        return literalSchema.equals(database.names().schema())
                ? Problem.of("not_another")
                : TextRules.unstorable(literalSchema);
    }
}
