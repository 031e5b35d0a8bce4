package io.github.counterfoil.internal.document;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import io.github.counterfoil.document.Documents;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.jooq.Routines;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record2;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** Moves literal tables over, in batches by id, and keeps aside what it cannot move. */
final class Adoption {
    private static final int BATCH = 200;
    private static final Field<UUID> ID = field(name("literal", "id"), SQLDataType.UUID);

    private final Database database;
    private final PostgresDocuments documents;
    private final String schema;
    private final Imports.Options options;

    Adoption(Database database, PostgresDocuments documents, String schema, Imports.Options options) {
        this.database = database;
        this.documents = documents;
        this.schema = schema;
        this.options = options;
    }

    /** @throws InvalidInput if there are no such tables to move over */
    Documents.AdoptionReport run() {
        requireTables();
        Imports.Report customers = adopt("customers", documents::importCustomers);
        Imports.Report workers = adopt("workers", documents::importWorkers);
        // One for all batches, so that each person is asked for once.
        RegisteredPeople people = new RegisteredPeople(database, schema);
        return new Documents.AdoptionReport(
                customers, workers, adopt("tickets", batch -> documents.importTickets(batch, options, people)));
    }

    private void requireTables() {
        Problem problem = schema.isEmpty() ? Problem.of("length") : TextRules.unstorable(schema);
        if (problem != null) {
            throw new InvalidInput("schema", problem.code(), problem.limit());
        }
        String quoted = '"' + schema.replace("\"", "\"\"") + "\".";
        Condition all = Stream.of("customers", "workers", "tickets")
                .map(kind -> function("to_regclass", SQLDataType.VARCHAR, val(quoted + kind))
                        .isNotNull())
                .reduce(noCondition(), Condition::and);
        if (!database.read(dsl -> dsl.select(field(all)).fetchSingle().value1())) {
            throw new InvalidInput("schema", "tables_missing", null);
        }
    }

    private Imports.Report adopt(String kind, Function<Iterator<JsonValue>, Imports.Report> importer) {
        List<Fault> faults = new ArrayList<>();
        List<Fault> remarks = new ArrayList<>();
        long imported = 0;
        long present = 0;
        long items = 0;
        Condition beyond = noCondition();
        while (true) {
            Map<UUID, String> rows = rows(kind, beyond);
            if (rows.isEmpty()) {
                return new Imports.Report(imported, present, faults, remarks);
            }
            Batch batch = new Batch(items, rows);
            Imports.Report report = importer.apply(batch.documents.values().iterator());
            List<Fault> found = Stream.concat(
                            batch.unreadable.stream(), report.faults().stream().map(batch::inTable))
                    .sorted(Comparator.comparing(Fault::item))
                    .toList();
            keepAside(kind, rows, found);
            imported += report.imported();
            present += report.present();
            faults.addAll(found);
            report.remarks().forEach(remark -> remarks.add(batch.inTable(remark)));
            items += rows.size();
            beyond = ID.gt(rows.keySet().stream().reduce(new UUID(0, 0), (a, b) -> b));
        }
    }

    /** Rows of a table, and their places in it. */
    private static final class Batch {
        private final Map<Long, JsonValue> documents = new LinkedHashMap<>();
        private final List<Fault> unreadable = new ArrayList<>();
        private final List<Long> places;

        /** @param first the place of the first row */
        Batch(long first, Map<UUID, String> rows) {
            long place = first;
            for (Map.Entry<UUID, String> row : rows.entrySet()) {
                try {
                    documents.put(place, JsonValue.parse(row.getValue()));
                } catch (InvalidInput e) {
                    for (InvalidInput.Fault fault : e.faults()) {
                        unreadable.add(new Fault(place, row.getKey(), 0, "document", fault.code()));
                    }
                }
                place++;
            }
            places = List.copyOf(documents.keySet());
        }

        Fault inTable(Fault fault) {
            long place = places.get((int) fault.item());
            return new Fault(place, fault.id(), fault.seq(), fault.field(), fault.code());
        }
    }

    /** Rows as JSON by their ids, in that order. */
    private Map<UUID, String> rows(String kind, Condition beyond) {
        Table<?> literal = table(name(schema, kind)).as("literal");
        Field<JSONB> row = function("to_jsonb", SQLDataType.JSONB, field(name("literal")));
        Result<Record2<UUID, JSONB>> rows = database.read(dsl -> dsl.select(ID, row)
                .from(literal)
                .where(beyond)
                .orderBy(ID)
                .limit(BATCH)
                .fetch());
        Map<UUID, String> texts = new LinkedHashMap<>();
        rows.forEach(one -> texts.put(one.value1(), one.value2().data()));
        return texts;
    }

    /** Each row that was not moved, with what is wrong; and no longer those that were moved this time. */
    private void keepAside(String kind, Map<UUID, String> rows, List<Fault> faults) {
        Map<UUID, List<String>> problems = new LinkedHashMap<>();
        faults.forEach(fault -> problems.computeIfAbsent(fault.id(), unused -> new ArrayList<>())
                .add((fault.seq() == 0 ? "" : "event " + fault.seq() + ": ") + fault.field() + "." + fault.code()));
        problems.forEach((id, texts) -> database.write((dsl, frame) -> {
            Routines.keepAdoptionProblem(
                    dsl.configuration(),
                    kind,
                    id,
                    JSONB.valueOf(documentOf(rows, id)),
                    texts.toArray(String[]::new),
                    frame.patience(),
                    frame.durable());
            return id;
        }));
        UUID[] solved =
                rows.keySet().stream().filter(id -> !problems.containsKey(id)).toArray(UUID[]::new);
        database.write((dsl, frame) -> {
            Routines.forgetAdoptionProblems(dsl.configuration(), kind, solved, frame.patience(), frame.durable());
            return kind;
        });
    }

    private static String documentOf(Map<UUID, String> rows, UUID id) {
        String row = rows.get(id);
        if (row == null) {
            throw new IllegalStateException("a fault names " + id + ", which is not of the batch");
        }
        return row;
    }
}
