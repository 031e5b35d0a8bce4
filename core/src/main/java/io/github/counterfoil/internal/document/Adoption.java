package io.github.counterfoil.internal.document;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.jsonbGetAttributeAsText;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.github.counterfoil.document.Documents;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.digest.Digest;
import io.github.counterfoil.internal.jooq.Routines;
import io.github.counterfoil.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.SQLDataType;

/** Moves literal tables over, batch by batch, and keeps aside what it cannot move. */
final class Adoption {
    private static final Field<UUID> KEPT_ID = field(name("id"), SQLDataType.UUID);
    private static final Field<JSONB> KEPT_DOCUMENT = field(name("document"), SQLDataType.JSONB);
    private static final Field<String> KEPT_KIND = field(name("kind"), SQLDataType.CLOB);

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
        // Who may not write is told so, whatever there is to read.
        delete("tickets");
        Map<String, LiteralTable> tables = LiteralSchema.tables(database, schema);
        Imports.Report customers = adopt(tables, "customers", documents::importCustomers);
        Imports.Report workers = adopt(tables, "workers", documents::importWorkers);
        // One for all batches, so that each person is asked for once.
        RegisteredPeople people = new RegisteredPeople(database, schema);
        return new Documents.AdoptionReport(
                customers, workers, adopt(tables, "tickets", batch -> documents.importTickets(batch, options, people)));
    }

    private Imports.Report adopt(
            Map<String, LiteralTable> tables, String kind, Function<Iterator<JsonValue>, Imports.Report> importer) {
        LiteralTable table = Objects.requireNonNull(tables.get(kind));
        List<Fault> faults = new ArrayList<>();
        List<Fault> remarks = new ArrayList<>();
        Set<UUID> withoutId = new HashSet<>();
        long imported = 0;
        long present = 0;
        long items = 0;
        for (List<LiteralRow> rows = table.next(); !rows.isEmpty(); rows = table.next()) {
            Batch batch = new Batch(items, rows, table.unread());
            Imports.Report report = importer.apply(batch.documents.values().iterator());
            List<Fault> found = Stream.concat(
                            batch.unreadable.stream(), report.faults().stream().map(batch::inTable))
                    .sorted(Comparator.comparing(Fault::item))
                    .toList();
            withoutId.addAll(keepAside(kind, table.read(), items, rows, found));
            imported += report.imported();
            present += report.present();
            faults.addAll(found);
            report.remarks().forEach(remark -> remarks.add(batch.inTable(remark)));
            items += rows.size();
        }
        forget(kind, keptWithoutId(kind).filter(id -> !withoutId.contains(id)));
        return new Imports.Report(imported, present, faults, remarks);
    }

    /** Rows of a table, and their places in it. */
    private static final class Batch {
        private final Map<Long, JsonValue> documents = new LinkedHashMap<>();
        private final List<Fault> unreadable = new ArrayList<>();
        private final List<Long> places;

        /** @param first the place of the first row */
        Batch(long first, List<LiteralRow> rows, Collection<String> unread) {
            long place = first;
            for (LiteralRow row : rows) {
                Optional<JsonValue> document = row.document(unread);
                if (document.isPresent()) {
                    documents.put(place, document.get());
                }
                unreadable.addAll(row.faults(place));
                place++;
            }
            places = List.copyOf(documents.keySet());
        }

        Fault inTable(Fault fault) {
            long place = places.get((int) fault.item());
            return new Fault(place, fault.id(), fault.seq(), fault.field(), fault.code(), fault.limit());
        }
    }

    /**
     * Each row that was not moved, with what is wrong; and no longer those that were moved this time.
     *
     * @param first the place of the first row
     * @return under which ids rows are kept that have none
     */
    private Set<UUID> keepAside(
            String kind, Collection<String> columns, long first, List<LiteralRow> rows, List<Fault> faults) {
        Map<LiteralRow, List<String>> problems = new IdentityHashMap<>();
        faults.forEach(fault -> problems.computeIfAbsent(
                        rows.get((int) (fault.item() - first)), unused -> new ArrayList<>())
                .add((fault.seq() == 0 ? "" : "event " + fault.seq() + ": ") + fault.field() + "." + fault.code()));
        Set<UUID> solved = new LinkedHashSet<>();
        Set<UUID> unsolved = new HashSet<>();
        Set<UUID> withoutId = new HashSet<>();
        for (LiteralRow row : rows) {
            List<String> texts = problems.get(row);
            if (texts == null) {
                row.id().ifPresent(solved::add);
                continue;
            }
            String kept = row.kept(columns).text();
            UUID id = row.id().orElseGet(() -> Digest.uuid("adoption", kind, kept));
            (row.id().isPresent() ? unsolved : withoutId).add(id);
            keep(kind, id, kept, texts);
        }
        solved.removeAll(unsolved);
        forget(kind, solved.stream());
        return withoutId;
    }

    private void keep(String kind, UUID id, String document, List<String> problems) {
        database.write((dsl, frame) -> {
            Routines.keepAdoptionProblem(
                    dsl.configuration(),
                    kind,
                    id,
                    JSONB.valueOf(document),
                    problems.toArray(String[]::new),
                    frame.patience(),
                    frame.durable());
            return id;
        });
    }

    private void forget(String kind, Stream<UUID> ids) {
        UUID[] solved = ids.toArray(UUID[]::new);
        if (solved.length > 0) {
            delete(kind, solved);
        }
    }

    private void delete(String kind, UUID... solved) {
        database.write((dsl, frame) -> {
            Routines.forgetAdoptionProblems(dsl.configuration(), kind, solved, frame.patience(), frame.durable());
            return kind;
        });
    }

    /** Under which ids rows are kept that had none of their own: nothing tells which of them have got one since. */
    private Stream<UUID> keptWithoutId(String kind) {
        Collection<UUID> ids = database.read(dsl -> dsl.select(KEPT_ID)
                .from(table(name(database.names().schema(), "adoption_problem")))
                .where(KEPT_KIND.eq(kind))
                .and(KEPT_ID.cast(SQLDataType.CLOB).isDistinctFrom(lower(jsonbGetAttributeAsText(KEPT_DOCUMENT, "id"))))
                .fetch(KEPT_ID));
        return ids.stream();
    }
}
