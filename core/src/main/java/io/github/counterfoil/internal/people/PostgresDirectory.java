package io.github.counterfoil.internal.people;

import static io.github.counterfoil.internal.jooq.Tables.CUSTOMER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_ASSIGNMENT;
import static io.github.counterfoil.internal.jooq.Tables.WORKER;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.octetLength;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.jooq.tables.CustomerTable;
import io.github.counterfoil.internal.jooq.tables.WorkerTable;
import io.github.counterfoil.internal.jooq.tables.records.CustomerRecord;
import io.github.counterfoil.internal.jooq.tables.records.WorkerRecord;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.internal.validation.ZoneRules;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.Directory;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Customers and workers, found in indexes. */
public final class PostgresDirectory implements Directory {
    /** What an index of PostgreSQL's holds, however little it can be compressed. */
    private static final int MAX_EMAIL_BYTES = 2_000;

    /** Two names and a blank. */
    private static final int MAX_NAME = 2 * TextRules.MAX_NAME + 1;

    private static final CustomerTable LISTED_CUSTOMER = CUSTOMER.as("listed");
    private static final WorkerTable LISTED_WORKER = WORKER.as("listed");

    private final Database database;
    private final @Nullable Access reader;

    /** @param reader who asks; null for the host itself */
    public PostgresDirectory(Database database, @Nullable Access reader) {
        this.database = database;
        this.reader = reader;
    }

    @Override
    public Optional<Customer> customer(UUID customerId) {
        Given.value("customer_id", customerId);
        return one(LISTED_CUSTOMER, LISTED_CUSTOMER.ID.eq(customerId)).map(row -> customer(row.into(LISTED_CUSTOMER)));
    }

    @Override
    public Optional<Customer> customerByEmail(String email) {
        return one(LISTED_CUSTOMER, hasEmail(LISTED_CUSTOMER.EMAIL, email))
                .map(row -> customer(row.into(LISTED_CUSTOMER)));
    }

    @Override
    public Optional<Worker> worker(UUID workerId) {
        Given.value("worker_id", workerId);
        return one(LISTED_WORKER, LISTED_WORKER.ID.eq(workerId).and(LISTED_WORKER.SYSTEM.eq(inline(false))))
                .map(row -> worker(row.into(LISTED_WORKER)));
    }

    @Override
    public Optional<Worker> workerByEmail(String email) {
        return one(LISTED_WORKER, hasEmail(LISTED_WORKER.EMAIL, email).and(LISTED_WORKER.SYSTEM.eq(inline(false))))
                .map(row -> worker(row.into(LISTED_WORKER)));
    }

    private static Condition hasEmail(Field<String> column, String email) {
        Problem problem = TextRules.storable(email);
        if (problem == null && email.isEmpty()) {
            problem = Problem.of("blank");
        }
        if (problem == null && TextRules.utf8Length(email) > MAX_EMAIL_BYTES) {
            problem = Problem.of("too_long", MAX_EMAIL_BYTES);
        }
        if (problem != null) {
            throw new InvalidInput("email", problem.code(), problem.limit());
        }
        return Folding.folded(column).eq(Folding.folded(email));
    }

    private Optional<Record> one(Table<?> listed, Condition matches) {
        return database.read(dsl -> {
            Optional<Record> found = dsl.select(listed.fields())
                    .from(NamePages.readBy(listed, reader))
                    .where(matches)
                    .fetchOptional(row -> (Record) row);
            if (found.isEmpty() && reader != null) {
                reader.requireActor(dsl);
            }
            return found;
        });
    }

    @Override
    public Page<Customer> customers(String namePrefix, PageRequest page) {
        Faults faults = new Faults();
        Problem problem = TextRules.storable(namePrefix);
        if (problem == null && namePrefix.codePointCount(0, namePrefix.length()) > MAX_NAME) {
            problem = Problem.of("too_long", MAX_NAME);
        }
        faults.add("name_prefix", problem);
        CustomerTable listed = LISTED_CUSTOMER;
        NamePages pages = new NamePages(
                "customers",
                namePrefix,
                listed,
                listed.NAME_KEY,
                listed.ID,
                octetLength(listed.FIRST_NAME)
                        .plus(octetLength(listed.LAST_NAME))
                        .plus(octetLength(listed.COMMUNICATION_CHANNELS.cast(String.class))),
                reader);
        pages.check(page, faults);
        return pages.page(database, noCondition(), page, List.of(), row -> customer(row.into(listed)));
    }

    @Override
    public Page<Worker.Listed> workers(Worker.Filter filter, PageRequest page) {
        Faults faults = new Faults();
        faults.require("filter", filter);
        if (filter != null) {
            check("skills", filter.skills(), faults);
            check("languages", filter.languages(), faults);
        }
        WorkerTable listed = LISTED_WORKER;
        NamePages pages = new NamePages(
                "workers " + (filter == null ? "" : scope(filter)),
                "",
                listed,
                listed.NAME_KEY,
                listed.ID,
                octetLength(listed.FIRST_NAME)
                        .plus(octetLength(listed.LAST_NAME))
                        .plus(octetLength(listed.SKILLS.cast(String.class)))
                        .plus(octetLength(listed.LANGUAGES.cast(String.class)))
                        .plus(octetLength(listed.METRICS.cast(String.class))),
                reader);
        pages.check(page, faults);
        Field<Integer> openLoad = openLoad(listed);
        return pages.page(
                database,
                matches(listed, filter),
                page,
                List.of(openLoad),
                row -> new Worker.Listed(worker(row.into(listed)), row.get(openLoad)));
    }

    private static String scope(Worker.Filter filter) {
        return filter.role() + "" + filter.active() + filter.skills() + filter.languages();
    }

    private static void check(String field, List<String> labels, Faults faults) {
        faults.add(field, labels.size() > TextRules.MAX_TAGS ? Problem.of("too_many", TextRules.MAX_TAGS) : null);
        for (int i = 0; i < labels.size(); i++) {
            faults.add(field + "[" + i + "]", TextRules.storable(labels.get(i)));
        }
    }

    private static Condition matches(WorkerTable listed, Worker.Filter filter) {
        Condition role =
                filter.role().map(one -> listed.ROLE.eq(one.wireName())).orElse(noCondition());
        Condition active = filter.active().map(listed.ACTIVE::eq).orElse(noCondition());
        return listed.SYSTEM
                .eq(inline(false))
                .and(role)
                .and(active)
                .and(holds(listed.SKILLS, filter.skills()))
                .and(holds(listed.LANGUAGES, filter.languages()));
    }

    private static Condition holds(Field<String[]> labels, List<String> wanted) {
        return wanted.isEmpty() ? noCondition() : labels.contains(wanted.toArray(String[]::new));
    }

    /** Each status is named, as the index of a worker's queue begins with it. */
    private static Field<Integer> openLoad(WorkerTable listed) {
        List<Field<String>> open = Stream.of(TicketStatus.values())
                .filter(status -> status != TicketStatus.CLOSED)
                .<Field<String>>map(status -> inline(status.wireName()))
                .toList();
        return DSL.field(select(DSL.count())
                        .from(TICKET_ASSIGNMENT)
                        .where(TICKET_ASSIGNMENT.WORKER_ID.eq(listed.ID))
                        .and(TICKET_ASSIGNMENT.STATUS.in(open)))
                .as("open_load");
    }

    private static Customer customer(CustomerRecord row) {
        return new Customer(
                row.getId(),
                row.getEmail(),
                row.getFirstName(),
                row.getLastName(),
                List.of(row.getCommunicationChannels()),
                Optional.ofNullable(row.getPreferredLanguage()),
                row.getBlocked() || row.getErased(),
                row.getPlaceholder());
    }

    private static Worker worker(WorkerRecord row) {
        return new Worker(
                row.getId(),
                row.getEmail(),
                row.getFirstName(),
                row.getLastName(),
                row.getCreatedAt(),
                WorkerRole.ofWireName(row.getRole()).orElseThrow(),
                List.of(row.getSkills()),
                List.of(row.getLanguages()),
                ZoneRules.named(row.getTimezone()).orElse(null),
                row.getTimezone(),
                JsonValue.parse(row.getMetrics().data()),
                row.getActive(),
                row.getPlaceholder());
    }
}
