package io.github.counterfoil.access;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.BulkCommands;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Every operation, tried by every kind of person, on a ticket of the owner's. */
final class AuthorizationMatrix implements AutoCloseable {
    private static final UUID BOTH = UUID.fromString("00000000-0000-4000-8000-0000000000b0");
    private static final UUID COPY = UUID.fromString("00000000-0000-4000-8000-0000000000c0");
    private static final UUID REQUESTER = UUID.fromString("00000000-0000-4000-8000-0000000000c1");
    private static final UUID REMOVED = UUID.fromString("00000000-0000-4000-8000-0000000000c2");
    private static final UUID BLOCKED = UUID.fromString("00000000-0000-4000-8000-0000000000bb");
    private static final UUID SYSTEM = UUID.fromString("00000000-0000-4000-8000-0000000000a0");
    private static final UUID FORMER = UUID.fromString("00000000-0000-4000-8000-0000000000f0");
    private static final UUID NOBODY = UUID.fromString("00000000-0000-4000-8000-0000000000ff");
    private static final UUID TARGET = UUID.fromString("00000000-0000-4000-8000-0000000000aa");
    private static final CustomEventType ESCALATED = CustomEventType.publicType("escalated", 1);
    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
    private static final Instant TOMORROW = Instant.now().plusSeconds(86_400);
    private static final PageRequest PAGE_OF_TEN = PageRequest.oldestFirst(10);

    private static final Reference REFERENCE = new Reference("mail", "<1@example.com>");

    private final TestDatabase database = TestDatabase.withSchema();
    private final TicketService tickets;
    private final UUID ticket;
    private final long number;
    private final UUID file;
    private final Map<String, Operation> operations = operations();

    private interface Operation {
        void attempt(TicketService tickets, UUID person);
    }

    private static Map<String, UUID> people() {
        Map<String, UUID> people = new LinkedHashMap<>();
        people.put("owner", ADA);
        people.put("requester", REQUESTER);
        people.put("in copy", COPY);
        people.put("removed participant", REMOVED);
        people.put("other customer", BOB);
        people.put("blocked customer", BLOCKED);
        people.put("assigned agent", JANE);
        people.put("other agent", TOM);
        people.put("system actor", SYSTEM);
        people.put("administrator", EVE);
        people.put("both roles", BOTH);
        people.put("deactivated agent", FORMER);
        people.put("unknown", NOBODY);
        return people;
    }

    AuthorizationMatrix() {
        tickets = TicketService.builder(database.connections())
                .attachmentsInDatabase(1_000)
                .eventType(ESCALATED)
                .searchable()
                .build();
        SupportTeam team = SupportTeam.registered(tickets);
        tickets.people().registerCustomer(NewCustomer.of(BOTH, "both@example.com", "Both", "Roles"));
        tickets.people().registerCustomer(NewCustomer.of(BLOCKED, "blocked@example.com", "Blocked", "Customer"));
        tickets.admin(EVE).block(BLOCKED);
        for (UUID participant : List.of(REQUESTER, COPY, REMOVED)) {
            tickets.people()
                    .registerCustomer(NewCustomer.of(participant, participant + "@example.com", "Part", "Taker"));
        }
        tickets.people().registerWorker(NewWorker.of(BOTH, "both@example.com", "Both", "Roles"));
        tickets.people().registerWorker(NewWorker.of(FORMER, "former@example.com", "Former", "Agent"));
        tickets.people().registerWorker(NewWorker.of(TARGET, "target@example.com", "Target", "Agent"));
        tickets.people().registerSystem(SYSTEM, "Auto-close");
        ticket = team.ticket();
        number = team.jane().on(ticket).ticket().number();
        team.jane().on(ticket).once(REFERENCE).reply("Text");
        file = team.jane()
                .on(ticket)
                .attachments()
                .add("a.txt", "text/plain", text())
                .id();
        team.jane().on(ticket).apply(Command.reply("Text").with(List.of(file)));
        team.jane().on(ticket).assign(JANE);
        team.jane().on(ticket).assign(FORMER);
        team.jane().on(ticket).setField("field", "value");
        team.jane().on(ticket).tag("tag");
        tickets.admin(EVE).deactivate(FORMER);
        team.jane().on(ticket).addParticipant(REQUESTER, Participants.Kind.REQUESTER);
        team.jane().on(ticket).addParticipant(COPY, Participants.Kind.COPY);
        team.jane().on(ticket).addParticipant(REMOVED, Participants.Kind.REQUESTER);
        team.jane().on(ticket).removeParticipant(REMOVED);
    }

    private static InputStream text() {
        return new ByteArrayInputStream(new byte[] {'t'});
    }

    TestDatabase database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
    }

    /** The outcomes as a table in Markdown. */
    String table() throws SQLException {
        StringBuilder table = new StringBuilder();
        table.append("| operation | ")
                .append(String.join(" | ", people().keySet()))
                .append(" |\n");
        table.append("|---".repeat(people().size() + 1)).append("|\n");
        try (Connection transaction = database.dataSource().getConnection()) {
            transaction.setAutoCommit(false);
            String stored = contents(transaction);
            for (Map.Entry<String, Operation> operation : operations.entrySet()) {
                table.append(row(transaction, stored, operation)).append('\n');
            }
        }
        return table.toString();
    }

    /** Whether a row is not one of such a table's: first of those that begin so. */
    boolean differsFrom(String table, String likely) throws SQLException {
        Set<String> rows = table.lines().collect(Collectors.toSet());
        List<Map.Entry<String, Operation>> all = new ArrayList<>(operations.entrySet());
        all.sort(Comparator.comparing(operation -> !operation.getKey().startsWith(likely)));
        try (Connection transaction = database.dataSource().getConnection()) {
            transaction.setAutoCommit(false);
            String stored = contents(transaction);
            for (Map.Entry<String, Operation> operation : all) {
                if (!rows.contains(row(transaction, stored, operation))) {
                    return true;
                }
            }
        }
        return false;
    }

    private String row(Connection transaction, String stored, Map.Entry<String, Operation> operation)
            throws SQLException {
        StringBuilder row = new StringBuilder("| `" + operation.getKey() + "` |");
        for (UUID person : people().values()) {
            row.append(' ')
                    .append(outcome(transaction, stored, operation.getKey(), operation.getValue(), person))
                    .append(" |");
        }
        return row.toString();
    }

    /** Desk and method of each row. */
    Set<String> rows() {
        return operations.keySet();
    }

    /** In a transaction that is rolled back, so that each attempt meets the same ticket. */
    private String outcome(Connection transaction, String stored, String name, Operation operation, UUID person)
            throws SQLException {
        String before = stored;
        if (name.endsWith(".reopen") || name.endsWith(".rate")) {
            tickets.joining(transaction).agent(JANE).on(ticket).close();
            before = contents(transaction);
        }
        try {
            operation.attempt(tickets.joining(transaction), person);
            return "yes";
        } catch (DatabaseFailure e) {
            // Only where a fault was planted: the transaction is given up, and with it all that was stored.
            return e.code();
        } catch (CounterfoilException e) {
            String after = contents(transaction);
            return after.equals(before) ? e.code() : e.code() + " and yet something was stored";
        } finally {
            transaction.rollback();
        }
    }

    /** An empty answer says the same as the exception. */
    private void found(Optional<?> answer) {
        if (answer.isEmpty()) {
            throw new TicketNotFound(ticket);
        }
    }

    private static String contents(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select md5(string_agg(query_to_xml(format('table counterfoil.%I', tablename), true, false, '')::text,
                                              '' order by tablename))
                        from pg_tables where schemaname = 'counterfoil'""")) {
            row.next();
            return row.getString(1);
        }
    }

    private Map<String, Operation> operations() {
        Map<String, Operation> all = new LinkedHashMap<>();
        customerOperations().forEach((name, operation) -> all.put(name, operation));
        agentOperations().forEach((name, operation) -> all.put(name, operation));
        directoryOperations().forEach((name, operation) -> all.put("Directory." + name, operation));
        all.put("Figures.worker", (t, id) -> t.agent(id).figures().worker(TOM, Instant.EPOCH, Instant.EPOCH));
        all.put("Figures.days", (t, id) -> t.agent(id).figures().days(DAY, DAY, ZoneOffset.UTC));
        adminOperations().forEach((name, operation) -> all.put("AdminDesk." + name, operation));
        redactionOperations().forEach((name, operation) -> all.put("Redactions." + name, operation));
        return all;
    }

    private Map<String, Operation> customerOperations() {
        Map<String, Operation> all = new LinkedHashMap<>();
        all.put("CustomerDesk.open", (t, id) -> t.customer(id).open(NewTicket.of("Title", "Text")));
        all.put("CustomerHandle.ticket", (t, id) -> t.customer(id).on(ticket).ticket());
        all.put(
                "CustomerHandle.findTicket",
                (t, id) -> found(t.customer(id).on(ticket).findTicket()));
        all.put("CustomerHandle.history", (t, id) -> t.customer(id).on(ticket).history(PAGE_OF_TEN));
        all.put(
                "CustomerHandle.ticketWithHistory",
                (t, id) -> t.customer(id).on(ticket).ticketWithHistory(PAGE_OF_TEN));
        all.put("CustomerHandle.markRead", (t, id) -> t.customer(id).on(ticket).markRead());
        all.put(
                "CustomerHandle.attachments.add",
                (t, id) -> t.customer(id).on(ticket).attachments().add("b.txt", "text/plain", text()));
        all.put(
                "CustomerHandle.attachments.open",
                (t, id) -> found(t.customer(id).on(ticket).attachments().open(file)));
        all.put("CustomerDesk.findByNumber", (t, id) -> found(t.customer(id).findByNumber(number)));
        all.put(
                "CustomerDesk.findReferences",
                (t, id) -> found(t.customer(id).findReferences(List.of(REFERENCE)).stream()
                        .findFirst()));
        all.put(
                "CustomerDesk.find",
                (t, id) -> t.customer(id).find(TicketQuery.all().matching("text"), PAGE_OF_TEN));
        all.put("CustomerDesk.counts", (t, id) -> t.customer(id).counts(Map.of("all", TicketQuery.all())));
        all.put("CustomerHandle.reply", (t, id) -> t.customer(id).on(ticket).reply("Text"));
        all.put("CustomerHandle.close", (t, id) -> t.customer(id).on(ticket).close());
        all.put("CustomerHandle.reopen", (t, id) -> t.customer(id).on(ticket).reopen());
        all.put("CustomerHandle.rate", (t, id) -> t.customer(id).on(ticket).rate(5, "Fine"));
        all.put(
                "CustomerHandle.apply",
                (t, id) -> t.customer(id).on(ticket).apply(Command.reply("Text"), Command.close()));
        all.put(
                "CustomerHandle.once",
                (t, id) -> t.customer(id).on(ticket).once(UUID.randomUUID()).reply("Text"));
        all.put(
                "CustomerHandle.expecting",
                (t, id) -> t.customer(id)
                        .on(ticket)
                        .expecting(t.customer(ADA).on(ticket).ticket().version())
                        .reply("Text"));
        return all;
    }

    private Map<String, Operation> agentOperations() {
        Map<String, Operation> all = new LinkedHashMap<>();
        all.put("AgentDesk.open", (t, id) -> t.agent(id).open(ADA, NewTicket.of("Title", "Text")));
        all.put("AgentHandle.ticket", (t, id) -> t.agent(id).on(ticket).ticket());
        all.put(
                "AgentHandle.findTicket",
                (t, id) -> found(t.agent(id).on(ticket).findTicket()));
        all.put("AgentHandle.at", (t, id) -> {
            t.agent(id).on(ticket).at(1);
            t.agent(id).on(ticket).at(Instant.now().plusSeconds(60));
        });
        all.put("AgentHandle.history", (t, id) -> t.agent(id).on(ticket).history(PAGE_OF_TEN));
        all.put(
                "AgentHandle.ticketWithHistory",
                (t, id) -> t.agent(id).on(ticket).ticketWithHistory(PAGE_OF_TEN));
        all.put("AgentHandle.markRead", (t, id) -> t.agent(id).on(ticket).markRead());
        all.put(
                "AgentHandle.attachments.add",
                (t, id) -> t.agent(id).on(ticket).attachments().add("b.txt", "text/plain", text()));
        all.put(
                "AgentHandle.attachments.open",
                (t, id) -> found(t.agent(id).on(ticket).attachments().open(file)));
        all.put("AgentDesk.findByNumber", (t, id) -> found(t.agent(id).findByNumber(number)));
        all.put(
                "AgentDesk.findReferences",
                (t, id) -> found(
                        t.agent(id).findReferences(List.of(REFERENCE)).stream().findFirst()));
        all.put("AgentDesk.find", (t, id) -> t.agent(id).find(TicketQuery.all(), PAGE_OF_TEN));
        all.put(
                "AgentDesk.counts",
                (t, id) -> t.agent(id).counts(Map.of("text", TicketQuery.all().matching("text"))));
        all.put("AgentHandle.reply", (t, id) -> t.agent(id).on(ticket).reply("Text"));
        all.put("AgentHandle.note", (t, id) -> t.agent(id).on(ticket).note("Text"));
        all.put("AgentHandle.assign", (t, id) -> t.agent(id).on(ticket).assign(TARGET));
        all.put("AgentHandle.unassign", (t, id) -> t.agent(id).on(ticket).unassign(JANE));
        all.put("AgentHandle.changeStatus", (t, id) -> t.agent(id).on(ticket).changeStatus(TicketStatus.PENDING));
        all.put("AgentHandle.close", (t, id) -> t.agent(id).on(ticket).close());
        all.put("AgentHandle.reopen", (t, id) -> t.agent(id).on(ticket).reopen());
        all.put("AgentHandle.setField", (t, id) -> t.agent(id).on(ticket).setField("field", "other"));
        all.put("AgentHandle.removeField", (t, id) -> t.agent(id).on(ticket).removeField("field"));
        all.put("AgentHandle.changePriority", (t, id) -> t.agent(id).on(ticket).changePriority(Priority.HIGH));
        all.put("AgentHandle.changeTitle", (t, id) -> t.agent(id).on(ticket).changeTitle("Other"));
        all.put(
                "AgentHandle.changeDescription",
                (t, id) -> t.agent(id).on(ticket).changeDescription("Other"));
        all.put("AgentHandle.tag", (t, id) -> t.agent(id).on(ticket).tag("other"));
        all.put("AgentHandle.untag", (t, id) -> t.agent(id).on(ticket).untag("tag"));
        all.put("AgentHandle.moveToCustomer", (t, id) -> t.agent(id).on(ticket).moveToCustomer(BOB));
        all.put(
                "AgentHandle.addParticipant",
                (t, id) -> t.agent(id).on(ticket).addParticipant(BOB, Participants.Kind.COPY));
        all.put(
                "AgentHandle.removeParticipant",
                (t, id) -> t.agent(id).on(ticket).removeParticipant(COPY));
        all.put("AgentHandle.follow", (t, id) -> t.agent(id).on(ticket).follow());
        all.put("AgentHandle.unfollow", (t, id) -> t.agent(id).on(ticket).unfollow());
        all.put("AgentHandle.participants", (t, id) -> t.agent(id).on(ticket).participants());
        all.put("AgentHandle.snooze", (t, id) -> t.agent(id).on(ticket).snooze(TOMORROW));
        all.put("AgentHandle.unsnooze", (t, id) -> t.agent(id).on(ticket).unsnooze());
        all.put(
                "AgentHandle.deliveryFailed",
                (t, id) -> t.agent(id).on(ticket).deliveryFailed(ticket, "email", "550 mailbox full"));
        all.put("AgentHandle.record", (t, id) -> t.agent(id).on(ticket).record(ESCALATED, TwinWorlds.body("text")));
        all.put("AgentHandle.apply", (t, id) -> t.agent(id).on(ticket).apply(Command.reply("Text"), Command.close()));
        all.put(
                "BulkCommands.apply",
                (t, id) -> t.agent(id).onEach(List.of(ticket)).apply(Command.close()));
        all.put(
                "BulkCommands.once",
                (t, id) -> t.agent(id)
                        .onEach(List.of(ticket))
                        .once(UUID.randomUUID())
                        .apply(Command.close()));
        all.put(
                "Automation.run",
                (t, id) -> t.automation(id)
                        .run("auto-close", TicketQuery.all(), PAGE_OF_TEN, Command.close())
                        .items()
                        .forEach(BulkCommands.Result::get));
        all.put(
                "AgentHandle.once",
                (t, id) -> t.agent(id).on(ticket).once(UUID.randomUUID()).note("Text"));
        all.put(
                "AgentHandle.expecting",
                (t, id) -> t.agent(id)
                        .on(ticket)
                        .expecting(t.agent(JANE).on(ticket).ticket().version())
                        .note("Text"));
        return all;
    }

    private static Map<String, Operation> directoryOperations() {
        Map<String, Operation> all = new LinkedHashMap<>();
        all.put("customer", (t, id) -> t.agent(id).directory().customer(ADA));
        all.put("customerByEmail", (t, id) -> t.agent(id).directory().customerByEmail("nobody@example.com"));
        all.put("customers", (t, id) -> t.agent(id).directory().customers("", PAGE_OF_TEN));
        all.put("worker", (t, id) -> t.agent(id).directory().worker(TOM));
        all.put("workerByEmail", (t, id) -> t.agent(id).directory().workerByEmail("tom@example.com"));
        all.put("workers", (t, id) -> t.agent(id).directory().workers(Worker.Filter.all(), PAGE_OF_TEN));
        return all;
    }

    private Map<String, Operation> adminOperations() {
        Map<String, Operation> all = new LinkedHashMap<>();
        all.put("deactivate", (t, id) -> t.admin(id).deactivate(TARGET));
        all.put("reactivate", (t, id) -> t.admin(id).reactivate(FORMER));
        all.put("changeRole", (t, id) -> t.admin(id).changeRole(TARGET, WorkerRole.ADMIN));
        all.put("block", (t, id) -> t.admin(id).block(ADA));
        all.put("unblock", (t, id) -> t.admin(id).unblock(BLOCKED));
        all.put("erase", (t, id) -> t.admin(id).erase(FORMER));
        all.put("purge", (t, id) -> t.admin(id).purge(ticket, UUID.randomUUID()));
        all.put("purgeClosed", (t, id) -> t.admin(id).purgeClosed(Instant.now().plusSeconds(60), 10));
        return all;
    }

    private Map<String, Operation> redactionOperations() {
        Map<String, Operation> all = new LinkedHashMap<>();
        all.put("redact", (t, id) -> t.admin(id).redactions().redact(ticket, Redaction.ofWholeBeginning()));
        all.put("redactAll", (t, id) -> t.admin(id).redactions().redactAll(BOB));
        return all;
    }
}
