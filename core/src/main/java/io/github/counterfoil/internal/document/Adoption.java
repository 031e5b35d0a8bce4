package io.github.counterfoil.internal.document;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.github.counterfoil.document.Documents;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.jooq.Routines;
import io.github.counterfoil.json.JsonValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record2;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** Moves literal tables over, in batches by id, and keeps aside what it cannot move. */
final class Adoption {
    private static final int BATCH = 200;

    private final Database database;
    private final PostgresDocuments documents;
    private final String schema;

    Adoption(Database database, PostgresDocuments documents, String schema) {
        this.database = database;
        this.documents = documents;
        this.schema = schema;
    }

    Documents.AdoptionReport run() {
        Imports.Report customers = adopt("customers", documents::importCustomers);
        Imports.Report workers = adopt("workers", documents::importWorkers);
        // One for all batches, so that each person is asked for once.
        RegisteredPeople people = new RegisteredPeople(database);
        return new Documents.AdoptionReport(
                customers, workers, adopt("tickets", batch -> documents.importTickets(batch, people)));
    }

    private Imports.Report adopt(String kind, Function<Iterator<JsonValue>, Imports.Report> importer) {
        List<Fault> faults = new ArrayList<>();
        long imported = 0;
        long present = 0;
        long items = 0;
        UUID last = new UUID(0, 0);
        while (true) {
            Map<UUID, JsonValue> rows = after(kind, last);
            if (rows.isEmpty()) {
                return new Imports.Report(imported, present, faults);
            }
            Imports.Report report = importer.apply(rows.values().iterator());
            keepAside(kind, rows, report.faults());
            imported += report.imported();
            present += report.present();
            for (Fault fault : report.faults()) {
                faults.add(new Fault(items + fault.item(), fault.id(), fault.seq(), fault.field(), fault.code()));
            }
            items += rows.size();
            last = rows.keySet().stream().reduce(last, (a, b) -> b);
        }
    }

    private Map<UUID, JsonValue> after(String kind, UUID last) {
        Table<?> literal = table(name(schema, kind)).as("literal");
        Field<UUID> id = field(name("literal", "id"), SQLDataType.UUID);
        Field<JSONB> row = function("to_jsonb", SQLDataType.JSONB, field(name("literal")));
        Result<Record2<UUID, JSONB>> rows = database.read(dsl -> dsl.select(id, row)
                .from(literal)
                .where(id.gt(last))
                .orderBy(id)
                .limit(BATCH)
                .fetch());
        Map<UUID, JsonValue> documentsById = new LinkedHashMap<>();
        rows.forEach(one ->
                documentsById.put(one.value1(), JsonValue.parse(one.value2().data())));
        return documentsById;
    }

    /** Each row that was not moved, with what is wrong; and no longer those that were moved this time. */
    private void keepAside(String kind, Map<UUID, JsonValue> rows, List<Fault> faults) {
        Map<UUID, List<String>> problems = new LinkedHashMap<>();
        faults.forEach(fault -> problems.computeIfAbsent(fault.id(), unused -> new ArrayList<>())
                .add((fault.seq() == 0 ? "" : "event " + fault.seq() + ": ") + fault.field() + "." + fault.code()));
        problems.forEach((id, texts) -> database.write((dsl, frame) -> {
            Routines.keepAdoptionProblem(
                    dsl.configuration(), kind, id, JSONB.valueOf(documentOf(rows, id)), texts.toArray(String[]::new));
            return id;
        }));
        UUID[] solved =
                rows.keySet().stream().filter(id -> !problems.containsKey(id)).toArray(UUID[]::new);
        database.write((dsl, frame) -> {
            Routines.forgetAdoptionProblems(dsl.configuration(), kind, solved);
            return kind;
        });
    }

    private static String documentOf(Map<UUID, JsonValue> rows, UUID id) {
        JsonValue row = rows.get(id);
        if (row == null) {
            throw new IllegalStateException("a fault names " + id + ", which is not of the batch");
        }
        return row.text();
    }
}
