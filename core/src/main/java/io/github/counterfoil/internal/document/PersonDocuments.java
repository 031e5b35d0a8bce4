package io.github.counterfoil.internal.document;

import static io.github.counterfoil.internal.jooq.Tables.CUSTOMERS;
import static io.github.counterfoil.internal.jooq.Tables.WORKERS;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.jooq.Routines;
import io.github.counterfoil.internal.json.JsonMembers;
import io.github.counterfoil.internal.people.CustomerFields;
import io.github.counterfoil.internal.people.Registration;
import io.github.counterfoil.internal.people.WorkerFields;
import io.github.counterfoil.internal.validation.InputCheck;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.WorkerRole;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.JSONB;

/** Registers the people of documents: what can be stored comes in, and what registering would refuse is remarked upon. */
final class PersonDocuments {
    /** What an index of PostgreSQL's holds, however little it can be compressed. */
    private static final int MAX_EMAIL_BYTES = 2_000;

    private final Database database;

    PersonDocuments(Database database) {
        this.database = database;
    }

    private interface PersonImport {
        /** The refusal, if there is one. Nothing is sent where a fault was added. */
        Optional<String> run(DocumentFields fields, JsonMembers document);
    }

    Imports.Report importCustomers(Iterator<JsonValue> customers) {
        return run(customers, this::importCustomer);
    }

    Imports.Report importWorkers(Iterator<JsonValue> workers) {
        return run(workers, this::importWorker);
    }

    private static Imports.Report run(Iterator<JsonValue> documents, PersonImport one) {
        List<Fault> faults = new ArrayList<>();
        List<Fault> remarks = new ArrayList<>();
        long imported = 0;
        long present = 0;
        for (long item = 0; documents.hasNext(); item++) {
            Optional<JsonMembers> document = DocumentFields.members(documents.next());
            if (document.isEmpty()) {
                faults.add(DocumentFields.noDocument(item));
                continue;
            }
            DocumentFields fields = new DocumentFields(item, document.get());
            String refusal = one.run(fields, document.get()).orElse("");
            switch (refusal) {
                case "" -> {
                    if (fields.faults().isEmpty()) {
                        imported++;
                        remarks.addAll(fields.remarks());
                    }
                }
                case "person.exists", "person.erased" -> present++;
                case "email.taken" -> fields.add(0, "email", "taken");
                case "user.not_found" -> fields.add(0, "id", "unknown");
                default -> throw new IllegalStateException("unknown refusal " + refusal);
            }
            faults.addAll(fields.faults());
        }
        return new Imports.Report(imported, present, faults, remarks);
    }

    private Optional<String> importCustomer(DocumentFields fields, JsonMembers document) {
        List<String> channels = fields.texts(document, "communication_channels");
        CustomerFields customer = new CustomerFields(
                fields.id(),
                email(fields, document),
                fields.text(0, document, "first_name"),
                fields.text(0, document, "last_name"),
                fields.optionalText(0, document, "preferred_language"));
        if (!fields.faults().isEmpty()) {
            return Optional.empty();
        }
        remark(fields, customer);
        fields.remarkUnread(document, CUSTOMERS.fields());
        return database.write((dsl, frame) -> Optional.ofNullable(Routines.importCustomer(
                dsl.configuration(),
                customer.id(),
                customer.email(),
                customer.firstName(),
                customer.lastName(),
                customer.preferredLanguage(),
                channels.toArray(String[]::new),
                frame.patience(),
                frame.durable())));
    }

    private Optional<String> importWorker(DocumentFields fields, JsonMembers document) {
        Instant createdAt = fields.instant(0, document, "created_at");
        WorkerRole role = fields.constant(0, document, "role", WorkerRole::ofWireName, WorkerRole.AGENT);
        String timezone = fields.text(0, document, "timezone");
        List<String> skills = fields.texts(document, "skills");
        List<String> languages = fields.texts(document, "languages");
        JsonValue metrics = fields.value(document, "metrics", JsonValue.ofObject(Map.of()));
        WorkerFields worker = new WorkerFields(
                fields.id(),
                email(fields, document),
                fields.text(0, document, "first_name"),
                fields.text(0, document, "last_name"),
                role,
                skills,
                languages,
                zone(fields, timezone),
                metrics);
        if (!fields.faults().isEmpty()) {
            return Optional.empty();
        }
        remark(fields, worker);
        fields.remarkUnread(document, WORKERS.fields());
        return database.write((dsl, frame) -> Optional.ofNullable(Routines.importWorker(
                dsl.configuration(),
                worker.id(),
                worker.email(),
                worker.firstName(),
                worker.lastName(),
                role.wireName(),
                skills.toArray(String[]::new),
                languages.toArray(String[]::new),
                timezone,
                JSONB.valueOf(metrics.text()),
                createdAt,
                frame.patience(),
                frame.durable())));
    }

    private static String email(DocumentFields fields, JsonMembers document) {
        String email = fields.text(0, document, "email");
        if (email.getBytes(StandardCharsets.UTF_8).length > MAX_EMAIL_BYTES) {
            fields.add(0, "email", "too_long");
        }
        return email;
    }

    private static ZoneId zone(DocumentFields fields, String timezone) {
        try {
            return ZoneId.of(timezone);
        } catch (DateTimeException e) {
            fields.remark(0, "timezone", "unknown");
            return ZoneId.of("UTC");
        }
    }

    /** What registering the person would refuse is said, and kept as it is. */
    private static void remark(DocumentFields fields, Object person) {
        try {
            InputCheck.check(person, Registration.class);
        } catch (InvalidInput e) {
            e.faults().forEach(fault -> fields.remark(0, fault.field(), fault.code()));
        }
    }
}
