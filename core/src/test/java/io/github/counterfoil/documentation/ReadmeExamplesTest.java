package io.github.counterfoil.documentation;

import static io.github.counterfoil.command.Command.assign;
import static io.github.counterfoil.command.Command.changeStatus;
import static io.github.counterfoil.command.Command.reply;
import static io.github.counterfoil.command.Command.tag;
import static io.github.counterfoil.ticket.Participants.Kind.COPY;
import static io.github.counterfoil.ticket.TicketQuery.Sort.RELEVANCE;
import static io.github.counterfoil.ticket.TicketStatus.CLOSED;
import static io.github.counterfoil.ticket.TicketStatus.OPEN;
import static io.github.counterfoil.ticket.TicketStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.SearchIndex;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.BulkCommands;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.desk.Redactions;
import io.github.counterfoil.desk.StaleTicket;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.schema.RowLevelSecurity;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CleanText;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.Fragment;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketSnapshot;
import io.github.counterfoil.ticket.TicketSummary;
import io.github.counterfoil.ticket.Workflow;
import io.github.counterfoil.verification.VerificationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The examples that the documentation shows: each region here stands there word for word. */
class ReadmeExamplesTest {
    private final UUID adaId = UUID.randomUUID();
    private final UUID janeId = UUID.randomUUID();

    @AutoClose
    private final TestDatabase database = TestDatabase.empty();

    private final DataSource dataSource = database.dataSource();

    @Test
    void search() {
        // region: search
        TicketService tickets = TicketService.builder(dataSource).searchable().build();
        TicketQuery burning =
                TicketQuery.unsolved().matching("printer \"on fire\" burn*").sort(RELEVANCE);
        // endregion
        tickets.schema().apply();
        tickets.people().registerCustomer(NewCustomer.of(adaId, "ada@example.com", "Ada", "Lovelace"));
        tickets.people().registerWorker(NewWorker.of(janeId, "jane@example.com", "Jane", "Smith"));
        UUID id = tickets.customer(adaId)
                .open(NewTicket.of("Printer on fire", "It burns."))
                .id();
        // region: search
        Page<TicketSummary> best = tickets.agent(janeId).find(burning, PageRequest.newestFirst(50));
        Map<String, TicketQuery.Count> counts = tickets.agent(janeId).counts(Map.of("burning", burning));
        for (TicketSummary ticket : best.items()) {
            List<Fragment.Highlight> inTitle = burning.highlights(ticket.title());
            Optional<Fragment> inText = ticket.fragment(); // a text, and positions in it
        }
        // endregion
        assertThat(best.items()).singleElement().extracting(TicketSummary::id).isEqualTo(id);
        assertThat(counts).containsEntry("burning", new TicketQuery.Count(1, false));
        // region: search-index
        SearchIndex index = tickets.searchIndex();
        while (index.catchUp(200) > 0) {
            // so many changes at a time: others write meanwhile, and may do the same
        }
        long behind = index.lag().changes();
        // endregion
        assertThat(behind).isZero();
    }

    @Test
    void ten_lines() {
        // region: ten-lines
        TicketService tickets = TicketService.builder(dataSource).build(); // no threads, no connection held: share it
        tickets.schema().apply(); // or run the SQL files that it lists with your own migration tool

        tickets.people().registerCustomer(NewCustomer.of(adaId, "ada@example.com", "Ada", "Lovelace"));
        tickets.people().registerWorker(NewWorker.of(janeId, "jane@example.com", "Jane", "Smith"));
        CustomerDesk ada = tickets.customer(adaId); // who acts is bound once and cannot be forgotten
        AgentDesk jane = tickets.agent(janeId);

        UUID id = ada.open(NewTicket.of("Printer on fire", "It burns.").channel("web"))
                .id();
        AgentHandle printer = jane.on(id); // reads nothing, costs nothing
        printer.assign(janeId); // the first assignment: new -> open
        printer.note("Known recall, see KB-7"); // no customer will ever see it
        printer.apply(reply("Please unplug it."), changeStatus(PENDING), tag("recall")); // as one: all or nothing

        Page<CustomerEvent> seen = ada.on(id).history(PageRequest.oldestFirst(50)); // a type that cannot hold a note
        // endregion
        assertThat(seen.items()).hasSize(4);

        // region: number
        Optional<Ticket> found = jane.findByNumber(1042); // typed as #1042
        Optional<CustomerTicket> own = ada.findByNumber(1042); // empty also if it is another customer's
        // endregion
        assertThat(found).isEmpty();
        assertThat(own).isEmpty();
        mailIn(ada, List.of(new Reference("mail", "<parent@example.com>")));
    }

    private static void mailIn(CustomerDesk ada, List<Reference> parents) {
        String text = "It still burns.";
        for (int time = 0; time < 2; time++) {
            // region: reference
            Reference mail = new Reference("mail", "<ab12@example.com>"); // its Message-ID
            List<Reference.Place> known =
                    ada.findReferences(parents); // of In-Reply-To, and References from the last on
            if (known.isEmpty()) {
                ada.open(NewTicket.of("Printer on fire", text).reference(mail));
            } else {
                ada.on(known.get(0).ticketId()).once(mail).reply(text);
            }
            // endregion
        }
        assertThat(ada.findReferences(List.of(new Reference("mail", "<ab12@example.com>"))))
                .hasSize(1);
    }

    @Test
    void guide() {
        // region: settings
        CustomEventType escalated = CustomEventType.publicType("escalated", 1);
        TicketService tickets = TicketService.builder(dataSource)
                .schema("support") // where the tables are
                .usersTable("public", "account", "account_id") // your own table of users
                .workflow(Workflow.manual()) // which status follows by itself
                .eventType(escalated) // an event type of your own
                .build();
        // endregion
        database.execute("create table public.account (account_id uuid primary key)");
        database.execute("insert into public.account values ('" + adaId + "'), ('" + janeId + "')");
        tickets.schema().apply();
        tickets.people().registerCustomer(NewCustomer.of(adaId, "ada@example.com", "Ada", "Lovelace"));
        tickets.people().registerWorker(NewWorker.of(janeId, "jane@example.com", "Jane", "Smith"));
        AgentDesk jane = tickets.agent(janeId);
        UUID id = tickets.customer(adaId).open(NewTicket.of("Title", "Text")).id();

        // region: once
        UUID commandId = UUID.randomUUID(); // made once for the command, for example by the browser
        AgentHandle printer = jane.on(id);
        printer.once(commandId).reply("Please unplug it.");
        CommandResult<TicketEvent> again = printer.once(commandId).reply("Please unplug it."); // stores nothing
        // endregion
        assertThat(again.outcome()).isEqualTo(CommandResult.Outcome.REPLAYED);

        List<TicketEvent> news = List.of();
        // region: expecting
        Ticket ticket = printer.ticket();
        try {
            printer.expecting(ticket.version()).close();
        } catch (StaleTicket.ForAgent stale) {
            news = stale.since(); // what happened meanwhile: look, and decide again
        }
        // endregion
        assertThat(news).isEmpty();

        // region: several
        List<Command> macro =
                List.of(reply("We are on it."), tag("recall"), assign(janeId)); // values: keep them, queue them
        printer.apply(macro); // one statement, one version check, one command id
        // endregion
        assertThat(printer.ticket().tags()).containsExactly("recall");

        List<UUID> ids = List.of(id, UUID.randomUUID());
        List<String> refused = new ArrayList<>();
        // region: each
        for (BulkCommands.Result result : jane.onEach(ids).apply(changeStatus(CLOSED), tag("2026"))) {
            result.refusal().ifPresent(refusal -> refused.add(result.ticketId() + " " + refusal.code()));
        }
        // endregion
        assertThat(printer.ticket().status()).isEqualTo(CLOSED);
        assertThat(refused).containsExactly(ids.get(1) + " ticket.not_found");
        UUID bobId = UUID.randomUUID();
        database.execute("insert into public.account values ('" + bobId + "')");
        tickets.people().registerCustomer(NewCustomer.of(bobId, "bob@example.com", "Bob", "Babbage"));
        // region: participants
        printer.addParticipant(bobId, COPY); // or REQUESTER
        printer.follow(); // for another agent: printer.apply(Command.follow(workerId))
        Participants there = printer.participants(); // customers with their kinds, and who follows
        Page<TicketSummary> followed = jane.find(TicketQuery.all().followedBy(janeId), PageRequest.newestFirst(50));
        // endregion
        assertThat(there.customers()).hasSize(1);
        assertThat(followed.items()).extracting(TicketSummary::id).containsExactly(id);
        // region: custom-event
        printer.record(escalated, JsonValue.parse("{\"level\": 2}"));
        // endregion

        List<String> lines = new ArrayList<>();
        // region: history
        PageRequest request = PageRequest.newestFirst(50);
        Page<TicketEvent> page = printer.history(request);
        for (TicketEvent event : page.items()) {
            if (event instanceof TicketEvent.Message message) {
                lines.add(message.author().firstName() + ": " + message.content());
            } else {
                lines.add(event.type()); // new types may come with any minor release
            }
        }
        page.next().ifPresent(cursor -> printer.history(request.after(cursor)));
        // endregion
        assertThat(lines)
                .startsWith("escalated", "participant-added", "tag-added", "assignment-added")
                .endsWith("status-update", "Jane: Please unplug it.");

        // region: list
        Page<TicketSummary> mine =
                jane.find(TicketQuery.all().assignedTo(janeId).status(OPEN), PageRequest.oldestFirst(50));
        // endregion
        assertThat(mine.items()).isEmpty();

        // region: past
        List<VerificationReport.Discrepancy> discrepancies =
                tickets.verify(id).discrepancies(); // empty: it is what its events say
        TicketSnapshot opened = printer.at(0); // as it was before the first event
        TicketSnapshot yesterday = printer.at(ticket.createdAt().plusSeconds(1)); // at a moment
        // endregion
        assertThat(discrepancies).isEmpty();
        assertThat(opened.title()).isEqualTo(yesterday.title());

        String subject = "Re: Printer\u00a0on fire \tagain";
        String text = "It\0 burns.";
        // region: clean-text
        String title = CleanText.title(subject, "(no subject)"); // null, empty or folded, as it came
        String body = CleanText.body(text, "(no text)");
        Ticket mailed = jane.open(adaId, NewTicket.of(title, body).channel("mail"));
        // endregion
        assertThat(mailed.title()).isEqualTo("Re: Printer on fire again");
        assertThat(mailed.description()).isEqualTo("It burns.");

        // region: invalid-input
        try {
            jane.open(adaId, NewTicket.of("", "It burns.").tags("fire", " "));
        } catch (InvalidInput e) {
            for (InvalidInput.Fault fault : e.faults()) {
                lines.add(fault.field() + " " + fault.code()); // tags[1] blank, title blank
            }
        }
        // endregion
        assertThat(lines).contains("tags[1] blank", "title blank");
    }

    @Test
    void redactions() {
        TicketService tickets = TicketService.builder(dataSource).build();
        tickets.schema().apply();
        tickets.people().registerCustomer(NewCustomer.of(adaId, "ada@example.com", "Ada", "Lovelace"));
        tickets.people()
                .registerWorker(NewWorker.of(janeId, "jane@example.com", "Jane", "Smith")
                        .role(WorkerRole.ADMIN));
        UUID id = tickets.customer(adaId)
                .open(NewTicket.of("Printer on fire", "It burns."))
                .id();
        UUID eventId = tickets.customer(adaId)
                .on(id)
                .reply("4111 1111 1111 1111")
                .events()
                .get(0)
                .id();
        // region: redact
        Redactions redactions = tickets.admin(janeId).redactions();
        redactions.redact(id, Redaction.of(eventId, "content").reason("A card number"));
        redactions.redact(id, Redaction.ofBeginning("description")); // what no event tells
        redactions.redactAll(adaId); // all that a person typed, in all tickets
        // endregion
        assertThat(tickets.agent(janeId).on(id).ticket().title()).isEqualTo("[redacted]");
    }

    @Test
    void visibility() {
        // region: agent-display
        TicketService discreet = TicketService.builder(dataSource)
                .agentDisplay(AgentDisplay.team("Acme Support")) // or firstNames(), or fullNames()
                .build();
        // endregion
        discreet.schema().apply();
        discreet.people().registerCustomer(NewCustomer.of(adaId, "ada@example.com", "Ada", "Lovelace"));
        discreet.people().registerWorker(NewWorker.of(janeId, "jane@example.com", "Jane", "Smith"));
        UUID id = discreet.customer(adaId).open(NewTicket.of("Title", "Text")).id();
        discreet.agent(janeId).on(id).assign(janeId);
        assertThat(discreet.customer(adaId).on(id).ticket().assignedTo()).containsExactly("Acme Support");

        // region: shown-members
        CustomEventType escalated =
                CustomEventType.publicType("escalated", 1).showing("level", "due"); // or showingWholeBody()
        // endregion
        assertThat(escalated.shownMembers()).containsExactly("due", "level");

        AgentHandle printer = discreet.agent(janeId).on(id);
        // region: private-attachment
        JsonValue invoice = Command.attachment(
                JsonValue.parse("{\"name\": \"invoice.pdf\"}"), // both sides
                JsonValue.parse("{\"bucket\": \"s3://support\", \"key\": \"7f3a\"}")); // the staff
        printer.reply("Here it is.", List.of(invoice));
        // endregion
        assertThat(discreet.customer(adaId)
                        .on(id)
                        .history(PageRequest.newestFirst(1))
                        .items())
                .singleElement()
                .isInstanceOfSatisfying(
                        CustomerEvent.Message.class,
                        message -> assertThat(message.attachments())
                                .containsExactly(JsonValue.parse("{\"name\": \"invoice.pdf\"}")));

        TicketService tickets = discreet;
        // region: row-level-security
        RowLevelSecurity settings = RowLevelSecurity.plain(); // or supabase()
        String sql =
                tickets.schema().rowLevelSecurity(settings.roles("support_owner", "support_app", "support_customer"));
        // endregion
        assertThat(sql).contains("force row level security", "\"support_customer\"");
    }

    @Test
    void a_ticket_that_is_full() {
        // region: ticket-limit
        TicketService tickets = TicketService.builder(dataSource)
                .ticketLimit(64L * 1024 * 1024, 10_000) // bytes of its events' bodies, and how many events
                .build();
        // endregion
        assertThat(tickets.schema().files()).isNotEmpty();
    }

    @Test
    void grants() {
        TicketService tickets = TicketService.builder(dataSource).build();
        // region: grants
        String sql = tickets.schema().grants("support_app"); // GRANT statements, for the owner to run once
        // endregion
        assertThat(sql).contains("grant usage on schema \"counterfoil\" to \"support_app\"");
    }

    @Test
    void scaling() {
        TicketService applied = TicketService.builder(dataSource).build();
        applied.schema().apply();
        applied.people().registerCustomer(NewCustomer.of(adaId, "ada@example.com", "Ada", "Lovelace"));
        applied.people().registerWorker(NewWorker.of(janeId, "jane@example.com", "Jane", "Smith"));
        UUID id = applied.customer(adaId).open(NewTicket.of("Title", "Text")).id();
        DataSource standby = database.dataSource();
        // region: replica
        TicketService tickets = TicketService.builder(dataSource)
                .readReplica(standby) // answers find, counts and history of both desks
                .build();
        tickets.agent(janeId).on(id).reply("Please unplug it.");
        Page<TicketSummary> perhapsLate = tickets.agent(janeId).find(TicketQuery.all(), PageRequest.newestFirst(50));
        Page<TicketSummary> withTheReply =
                tickets.primary().agent(janeId).find(TicketQuery.all(), PageRequest.newestFirst(50));
        // endregion
        assertThat(withTheReply).isEqualTo(perhapsLate);

        // region: partitions
        String sql = tickets.schema().partitions(8); // for the owner to run once
        // endregion
        database.execute(sql);
        assertThat(applied.schema().verify()).isEmpty();

        // region: citus
        String shards = tickets.schema().citus(32); // for the owner to run once, on the coordinator
        // endregion
        assertThat(database.refusal(shards)).as("there is no Citus here").isEqualTo("55000");
    }
}
