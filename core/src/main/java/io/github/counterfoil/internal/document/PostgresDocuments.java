package io.github.counterfoil.internal.document;

import static io.github.counterfoil.internal.jooq.Tables.CUSTOMERS;
import static io.github.counterfoil.internal.jooq.Tables.WORKERS;
import static org.jooq.impl.DSL.jsonbObject;

import io.github.counterfoil.document.Documents;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventRepository;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.imports.PostgresImports;
import io.github.counterfoil.internal.jooq.Routines;
import io.github.counterfoil.internal.json.JsonMembers;
import io.github.counterfoil.internal.people.CustomerFields;
import io.github.counterfoil.internal.people.Registration;
import io.github.counterfoil.internal.people.WorkerFields;
import io.github.counterfoil.internal.validation.InputCheck;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.WorkerRole;
import java.io.IOException;
import java.io.Writer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.JSONB;
import org.jooq.Table;
import org.jooq.TableField;

/** Documents as the views show them, and as imports take them. */
public final class PostgresDocuments implements Documents {
    private final Database database;
    private final EventTypes types;

    public PostgresDocuments(Database database, EventTypes types) {
        this.database = database;
        this.types = types;
    }

    @Override
    public Optional<JsonValue> ticket(UUID ticketId) {
        return database.read(dsl -> EventRepository.document(dsl, ticketId)).map(PostgresDocuments::value);
    }

    @Override
    public boolean writeTicket(UUID ticketId, Writer out) throws IOException {
        return new TicketExport(database, ticketId, out).write();
    }

    @Override
    public Optional<JsonValue> customer(UUID customerId) {
        return document(CUSTOMERS, CUSTOMERS.ID, customerId);
    }

    @Override
    public Optional<JsonValue> worker(UUID workerId) {
        return document(WORKERS, WORKERS.ID, workerId);
    }

    private Optional<JsonValue> document(Table<?> view, TableField<?, UUID> key, UUID id) {
        return database.read(dsl -> dsl.select(jsonbObject(view.fields()))
                        .from(view)
                        .where(key.eq(id))
                        .fetchOptional(row -> row.value1()))
                .map(PostgresDocuments::value);
    }

    private static JsonValue value(JSONB json) {
        return JsonValue.parse(json.data());
    }

    @Override
    public Imports.Report importTickets(Iterator<JsonValue> tickets) {
        return importTickets(tickets, new RegisteredPeople(database));
    }

    Imports.Report importTickets(Iterator<JsonValue> tickets, RegisteredPeople people) {
        PostgresImports.Run run = new PostgresImports(database, types).start();
        EventReader reader = new EventReader(types);
        tickets.forEachRemaining(ticket -> {
            JsonMembers document = DocumentFields.members(ticket);
            TicketDocument.Outcome outcome = TicketDocument.read(run.next(), document, reader, people);
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
        return importPeople(customers, this::importCustomer);
    }

    private Optional<String> importCustomer(DocumentFields fields, JsonMembers document) {
        List<String> channels = fields.texts(document, "communication_channels");
        CustomerFields customer = new CustomerFields(
                fields.id(),
                fields.text(0, document, "email"),
                fields.text(0, document, "first_name"),
                fields.text(0, document, "last_name"),
                fields.optionalText(0, document, "preferred_language"));
        if (invalid(fields, customer)) {
            return Optional.empty();
        }
        return database.write((dsl, frame) -> Optional.ofNullable(Routines.importCustomer(
                dsl.configuration(),
                customer.id(),
                customer.email(),
                customer.firstName(),
                customer.lastName(),
                customer.preferredLanguage(),
                channels.toArray(String[]::new))));
    }

    @Override
    public Imports.Report importWorkers(Iterator<JsonValue> workers) {
        return importPeople(workers, this::importWorker);
    }

    private Optional<String> importWorker(DocumentFields fields, JsonMembers document) {
        Instant createdAt = fields.instant(0, document, "created_at");
        List<String> skills = fields.texts(document, "skills");
        List<String> languages = fields.texts(document, "languages");
        WorkerRole role = fields.constant(0, document, "role", WorkerRole::ofWireName, WorkerRole.AGENT);
        ZoneId timezone = timezone(fields, document);
        JsonValue metrics = fields.value(document, "metrics", JsonValue.ofObject(Map.of()));
        WorkerFields worker = new WorkerFields(
                fields.id(),
                fields.text(0, document, "email"),
                fields.text(0, document, "first_name"),
                fields.text(0, document, "last_name"),
                role,
                skills,
                languages,
                timezone,
                metrics);
        if (invalid(fields, worker)) {
            return Optional.empty();
        }
        return database.write((dsl, frame) -> Optional.ofNullable(Routines.importWorker(
                dsl.configuration(),
                worker.id(),
                worker.email(),
                worker.firstName(),
                worker.lastName(),
                role.wireName(),
                skills.toArray(String[]::new),
                languages.toArray(String[]::new),
                timezone.getId(),
                JSONB.valueOf(metrics.text()),
                createdAt)));
    }

    private static ZoneId timezone(DocumentFields fields, JsonMembers document) {
        try {
            return ZoneId.of(fields.text(0, document, "timezone"));
        } catch (DateTimeException e) {
            fields.add(0, "timezone", "unknown");
            return ZoneId.of("UTC");
        }
    }

    private boolean invalid(DocumentFields fields, Object values) {
        if (fields.faults().isEmpty()) {
            try {
                InputCheck.check(values, Registration.class);
            } catch (InvalidInput e) {
                e.faults().forEach(fault -> fields.add(0, fault.field(), fault.code()));
            }
        }
        return !fields.faults().isEmpty();
    }

    @Override
    public Documents.AdoptionReport adopt(String schema) {
        if (schema.equals(database.names().schema())) {
            throw new InvalidInput("schema", "not_another", null);
        }
        return new Adoption(database, this, schema).run();
    }

    private interface PersonImport {
        /** The refusal, if there is one. Nothing is sent where a fault was added. */
        Optional<String> run(DocumentFields fields, JsonMembers document);
    }

    private static Imports.Report importPeople(Iterator<JsonValue> documents, PersonImport one) {
        List<Fault> faults = new ArrayList<>();
        long imported = 0;
        long present = 0;
        for (long item = 0; documents.hasNext(); item++) {
            JsonMembers document = DocumentFields.members(documents.next());
            DocumentFields fields = new DocumentFields(item, document);
            String refusal = one.run(fields, document).orElse("");
            switch (refusal) {
                case "" -> imported += fields.faults().isEmpty() ? 1 : 0;
                case "person.exists" -> present++;
                case "email.taken" -> fields.add(0, "email", "taken");
                case "user.not_found" -> fields.add(0, "id", "unknown");
                default -> throw new IllegalStateException("unknown refusal " + refusal);
            }
            faults.addAll(fields.faults());
        }
        return new Imports.Report(imported, present, faults);
    }
}
