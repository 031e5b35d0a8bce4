package io.github.counterfoil.internal.imports;

import static io.github.counterfoil.internal.jooq.Tables.IMPORT_TICKETS;

import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.imports.ImportCheck.Checked;
import io.github.counterfoil.internal.jooq.tables.records.ImportTicketsRecord;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.json.text.JsonText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** Imports tickets in batches of one statement. */
public final class PostgresImports implements Imports {
    private static final int MAX_TICKETS = 200;
    private static final int MAX_CHARS = 4 * 1024 * 1024;

    /** Of one ticket, without what JSON adds to its texts: what a heap and a value of PostgreSQL's can hold. */
    private static final int MAX_TICKET_CHARS = 64 * 1024 * 1024;

    private final Database database;
    private final EventTypes eventTypes;

    public PostgresImports(Database database, EventTypes eventTypes) {
        this.database = database;
        this.eventTypes = eventTypes;
    }

    @Override
    public Imports.Report run(Iterator<ImportedTicket> tickets, Options options) {
        Given.both("tickets", tickets, "options", options);
        Run run = start(options);
        tickets.forEachRemaining(ticket -> run.add(ticket));
        return run.finish();
    }

    /** An import whose tickets come one by one. */
    public Run start(Options options) {
        return new Run(options);
    }

    private record Row(long item, UUID ticketId, String json, List<Fault> remarks) {}

    /** One import under way. */
    public final class Run {
        private final boolean makesPlaceholders;
        private final Placeholders placeholders = new Placeholders();
        private final List<Row> batch = new ArrayList<>();
        private final Set<UUID> ids = new HashSet<>();
        private StringBuilder buffer = new StringBuilder();
        private final List<Fault> faults = new ArrayList<>();
        private final List<Fault> remarks = new ArrayList<>();
        private long chars;
        private long items;
        private long imported;
        private long present;

        private Run(Options options) {
            makesPlaceholders = options.placeholders();
        }

        /** The place of the ticket that comes next. */
        public long next() {
            return items;
        }

        /** Counts a ticket that cannot be imported. */
        public void refuse(List<Fault> why) {
            items++;
            faults.addAll(why);
        }

        private void add(@Nullable ImportedTicket ticket) {
            if (ticket == null) {
                refuse(List.of(ImportCheck.missing(items)));
            } else {
                add(Candidate.of(ticket));
            }
        }

        public void add(Candidate candidate) {
            Checked checked = ImportCheck.check(items, candidate.ticket(), eventTypes);
            TicketState state = checked.state();
            List<Fault> found =
                    state == null ? checked.faults() : candidate.differences().apply(state);
            if (state == null || !found.isEmpty()) {
                refuse(found);
                return;
            }
            String json = json(new ImportRow(candidate, checked.events(), state, eventTypes));
            if (json.length() > MAX_TICKET_CHARS && JsonText.unescapedLength(json) > MAX_TICKET_CHARS) {
                refuse(List.of(
                        new Fault(items, candidate.ticket().id(), 0, "ticket", "too_large", (long) MAX_TICKET_CHARS)));
                return;
            }
            if (!ids.add(candidate.ticket().id())) {
                flush();
                ids.add(candidate.ticket().id());
            }
            if (makesPlaceholders) {
                placeholders.add(items, candidate, checked.events());
            }
            batch.add(new Row(
                    items++, candidate.ticket().id(), json, candidate.remarks().get()));
            chars += json.length();
            if (batch.size() == MAX_TICKETS || chars > MAX_CHARS) {
                flush();
            }
        }

        public Imports.Report finish() {
            flush();
            faults.sort(Comparator.comparing(Fault::item));
            remarks.sort(Comparator.comparing(Fault::item));
            return new Imports.Report(imported, present, faults, remarks);
        }

        private void flush() {
            if (batch.isEmpty()) {
                return;
            }
            remarks.addAll(placeholders.register(database));
            String json = batch.stream().map(Row::json).collect(Collectors.joining(",", "[", "]"));
            List<ImportTicketsRecord> answers = database.write(
                    (dsl, frame) -> dsl.fetch(IMPORT_TICKETS(JSONB.valueOf(json), frame.patience(), frame.durable())));
            answers.stream()
                    .sorted(Comparator.comparing(ImportTicketsRecord::getItem))
                    .forEach(answer -> record(batch.get(answer.getItem() - 1), answer));
            batch.clear();
            ids.clear();
            chars = 0;
        }

        private String json(ImportRow row) {
            JsonObject.write(buffer, row::put);
            String json = buffer.toString();
            // One ticket may be large, and the next ones small.
            if (buffer.capacity() > MAX_CHARS) {
                buffer = new StringBuilder();
            }
            buffer.setLength(0);
            return json;
        }

        private void record(Row row, ImportTicketsRecord answer) {
            switch (answer.getOutcome()) {
                case "imported" -> {
                    imported++;
                    remarks.addAll(row.remarks());
                }
                case "present" -> present++;
                // What else became of the ticket has an answer of its own.
                case "reference.taken" -> remarks.add(fault(row, answer));
                default -> faults.add(fault(row, answer));
            }
        }

        private static Fault fault(Row row, ImportTicketsRecord answer) {
            int dot = answer.getOutcome().indexOf('.');
            return new Fault(
                    row.item(),
                    row.ticketId(),
                    answer.getDetail() == null ? 0 : Integer.parseInt(answer.getDetail()),
                    answer.getOutcome().substring(0, dot),
                    answer.getOutcome().substring(dot + 1),
                    null);
        }
    }
}
