package io.github.counterfoil.internal.imports;

import static io.github.counterfoil.internal.jooq.Tables.IMPORT_TICKETS;

import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.imports.ImportCheck.Checked;
import io.github.counterfoil.internal.jooq.tables.records.ImportTicketsRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.JSONB;

/** Imports tickets in batches of one statement. */
public final class PostgresImports implements Imports {
    private static final int MAX_TICKETS = 200;
    private static final int MAX_CHARS = 4 * 1024 * 1024;

    private final Database database;
    private final EventTypes eventTypes;

    public PostgresImports(Database database, EventTypes eventTypes) {
        this.database = database;
        this.eventTypes = eventTypes;
    }

    @Override
    public Imports.Report run(Iterator<ImportedTicket> tickets) {
        Run run = start();
        Given.value("tickets", tickets).forEachRemaining(ticket -> run.add(Candidate.of(ticket)));
        return run.finish();
    }

    /** An import whose tickets come one by one. */
    public Run start() {
        return new Run();
    }

    private record Row(long item, UUID ticketId, String json) {}

    /** One import under way. */
    public final class Run {
        private final List<Row> batch = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private long chars;
        private long items;
        private long imported;
        private long present;

        /** The place of the ticket that comes next. */
        public long next() {
            return items;
        }

        /** Counts a ticket that cannot be imported. */
        public void refuse(List<Fault> why) {
            items++;
            faults.addAll(why);
        }

        public void add(Candidate candidate) {
            ImportedTicket ticket = candidate.ticket();
            Checked checked = ImportCheck.check(items, ticket);
            List<Fault> found =
                    checked.faults().isEmpty() ? candidate.differences().apply(checked.state()) : checked.faults();
            if (!found.isEmpty()) {
                refuse(found);
                return;
            }
            long item = items++;
            String json = ImportRow.of(candidate, checked.state(), eventTypes);
            batch.add(new Row(item, ticket.id(), json));
            chars += json.length();
            if (batch.size() == MAX_TICKETS || chars > MAX_CHARS) {
                flush();
            }
        }

        public Imports.Report finish() {
            flush();
            return new Imports.Report(imported, present, faults);
        }

        private void flush() {
            if (batch.isEmpty()) {
                return;
            }
            // Tickets are locked in the order of their ids, as everywhere.
            batch.sort(Comparator.comparing(row -> row.ticketId().toString()));
            String json = batch.stream().map(Row::json).collect(Collectors.joining(",", "[", "]"));
            List<ImportTicketsRecord> answers =
                    database.write((dsl, frame) -> dsl.fetch(IMPORT_TICKETS(JSONB.valueOf(json))));
            answers.forEach(answer -> record(batch.get(answer.getItem() - 1), answer));
            batch.clear();
            chars = 0;
        }

        private void record(Row row, ImportTicketsRecord answer) {
            switch (answer.getOutcome()) {
                case "imported" -> imported++;
                case "present" -> present++;
                default -> {
                    int dot = answer.getOutcome().indexOf('.');
                    faults.add(new Fault(
                            row.item(),
                            row.ticketId(),
                            answer.getDetail() == null ? 0 : Integer.parseInt(answer.getDetail()),
                            answer.getOutcome().substring(0, dot),
                            answer.getOutcome().substring(dot + 1)));
                }
            }
        }
    }
}
