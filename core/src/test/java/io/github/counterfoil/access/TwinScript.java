package io.github.counterfoil.access;

import static io.github.counterfoil.access.TwinWorlds.ESCALATED;
import static io.github.counterfoil.access.TwinWorlds.FRAUD_CHECK;
import static io.github.counterfoil.access.TwinWorlds.World.ADMIN;
import static io.github.counterfoil.access.TwinWorlds.World.AGENTS;
import static io.github.counterfoil.access.TwinWorlds.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.access.TwinWorlds.World;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentCommands;
import io.github.counterfoil.desk.Attachments;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.leaks.Traces;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One random script of the twin worlds: two customers of both worlds, and two that only the other world has. */
final class TwinScript {
    private static final int MAX_STEPS = 10;
    private static final List<TicketQuery.Sort> SORTS = List.of(
            TicketQuery.Sort.CREATED,
            TicketQuery.Sort.UPDATED,
            TicketQuery.Sort.PRIORITY,
            TicketQuery.Sort.STATUS_SINCE);
    private static final List<String> TEXTS = List.of(
            "text",
            "title",
            "text 3",
            "private",
            "private text",
            "\"private text\"",
            "priv*",
            "foreign",
            "title 2 text",
            "secret*");

    /** What happens, and how often among those of its kind. */
    enum Step {
        REPLY(1),
        ASSIGN(1),
        UNASSIGN(1),
        PEND(1),
        CLOSE(2),
        PRIORITY(1),
        TITLE(1),
        RECORD(1),
        OPEN(1),
        IMPORT(1),
        RATE(1),
        REOPEN(1),
        CLOSE_OWN(1),
        SEVERAL(2),
        DESCRIPTION(1),
        REDACT(2),
        ADD_PARTICIPANT(3),
        REMOVE_PARTICIPANT(1),
        MARK_READ(2),
        UPLOAD(3),
        REDACT_ALL(1),
        MESSAGE(2),
        PRIVATE_PARTICIPANT(1),
        FOLLOW(1),
        UNFOLLOW(1),
        REDACT_PRIVATE(2),
        SNOOZE(2),
        UPLOAD_PRIVATE(2),
        NOTE(2),
        SET_FIELD(2),
        REMOVE_FIELD(1),
        TAG(1),
        UNTAG(1),
        RECORD_PRIVATE(1),
        WORKER_ADDRESS(1),
        CUSTOMER_ADDRESS(1),
        ELSEWHERE(3);

        static final List<Step> PUBLIC = often(REPLY, MESSAGE);
        static final List<Step> PRIVATE = often(PRIVATE_PARTICIPANT, ELSEWHERE);

        private final int often;

        Step(int often) {
            this.often = often;
        }

        private static List<Step> often(Step first, Step last) {
            return EnumSet.range(first, last).stream()
                    .flatMap(step -> Stream.generate(() -> step).limit(step.often))
                    .toList();
        }
    }

    private final TwinWorlds worlds;
    private final Set<Step> likely;
    private final Random random;
    private final Random searching;
    private final Random indexing;
    private final List<UUID> customers;
    private final List<UUID> strangers;
    /** Whom the one world alone knows: opens a ticket there for each of a stranger's, as numbers tell how many there are. */
    private final UUID bystander;

    private final List<UUID> tickets = new ArrayList<>();
    private final List<Reference> given = new ArrayList<>();
    /** Files that one world alone has, and no reply names. */
    private final List<UUID> unnamed = new ArrayList<>();
    /** Tickets of people whom only one world knows. */
    private final List<UUID> foreign = new ArrayList<>();

    private Instant now = TwinWorlds.start();

    /** @param likely what comes three times of four, beside what comes by chance */
    TwinScript(TwinWorlds worlds, long seed, Set<Step> likely) {
        this.worlds = worlds;
        this.likely = likely;
        this.random = new Random(seed);
        this.searching = new Random(seed);
        this.indexing = new Random(~seed);
        this.customers = List.of(uuid(), uuid());
        this.strangers = List.of(uuid(), uuid());
        this.bystander = uuid();
    }

    void play() {
        customers.forEach(id -> both(world -> register(world, id, "Customer")));
        strangers.forEach(id -> worlds.other().alone(now, world -> register(world, id, "Stranger")));
        worlds.one().alone(now, world -> register(world, bystander, "Bystander"));
        customers.forEach(this::open);
        importTicket(any(customers));
        int steps = 4 + random.nextInt(MAX_STEPS - 4);
        for (int i = 0; i < steps; i++) {
            for (int n = random.nextInt(3); n > 0; n--) {
                somethingPrivate(worlds.other());
            }
            if (random.nextInt(4) == 0) {
                somethingPrivate(worlds.one());
            }
            now = TwinWorlds.tick(random, now);
            somethingPublic();
            ask(any(customers));
        }
        catchUp();
        customers.forEach(this::ask);
        customers.forEach(this::export);
        worlds.compare("the customers' feed", now, world -> world.feed(customers));
    }

    /** What a host hands to a customer who asks for all that is theirs, but for their row: of that only they have secrets. */
    private void export(UUID customerId) {
        worlds.compare("export", now, world -> {
            StringWriter out = new StringWriter();
            try {
                world.tickets.documents().writeCustomer(customerId, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toString().substring(out.toString().indexOf("\"tickets\""));
        });
    }

    private static Object register(World world, UUID id, String name) {
        world.tickets.people().registerCustomer(NewCustomer.of(id, id + "@example.com", name, id.toString()));
        return id;
    }

    private void both(Function<World, Object> step) {
        worlds.both(now, step);
    }

    private void open(UUID customerId) {
        UUID command = uuid();
        NewTicket ticket = NewTicket.of("Title " + random.nextInt(9), "Text").channel("web");
        both(world -> world.tickets.customer(customerId).open(ticket, command));
        tickets.add(
                worlds.one().tickets.customer(customerId).open(ticket, command).id());
    }

    /** From elsewhere, with private events among the public ones in the other world, in each of the ways in which tickets come. */
    private void importTicket(UUID customer) {
        UUID id = uuid();
        TwinTicket ticket = TwinTicket.random(random, id, customer, now.minusSeconds(3_600));
        int way = random.nextInt(4);
        int known = random.nextInt(3);
        both(world -> {
            boolean all = world == worlds.other();
            switch (way) {
                case 0 -> assertThat(world.adopt(ticket.documentIn(all))).isEqualTo(1);
                case 1 ->
                    assertThat(world.tickets
                                    .documents()
                                    .importTickets(
                                            List.of(ticket.documentIn(all)).iterator())
                                    .imported())
                            .isEqualTo(1);
                case 2 -> {
                    run(world, ticket.beginningIn(all, known));
                    run(world, ticket.in(all));
                }
                default -> run(world, ticket.in(all));
            }
            return "done";
        });
        tickets.add(id);
    }

    private static void run(World world, ImportedTicket ticket) {
        Imports.Report report = world.tickets.imports().run(List.of(ticket).iterator());
        assertThat(report.faults()).isEmpty();
    }

    /** What customers see happens in both worlds; where a customer does it, the answers are compared. */
    private void somethingPublic() {
        UUID ticket = any(tickets);
        UUID customer = any(customers);
        UUID agent = any(AGENTS);
        UUID command = uuid();
        int number = random.nextInt(4);
        switch (step(Step.PUBLIC)) {
            case REPLY -> {
                given.add(new Reference("mail", "<" + command + ">"));
                Reference reference = given.get(given.size() - 1);
                agent(agent, ticket, command, desk -> desk.once(reference).reply("Reply " + number));
            }
            case ASSIGN -> agent(agent, ticket, command, desk -> desk.assign(any(AGENTS, number)));
            case UNASSIGN -> agent(agent, ticket, command, desk -> desk.unassign(any(AGENTS, number)));
            case PEND -> agent(agent, ticket, command, desk -> desk.changeStatus(TicketStatus.PENDING));
            case CLOSE -> agent(agent, ticket, command, desk -> desk.close());
            case PRIORITY -> agent(agent, ticket, command, desk -> desk.changePriority(Priority.values()[number % 3]));
            case TITLE -> agent(agent, ticket, command, desk -> desk.changeTitle("Title " + number));
            case RECORD -> agent(agent, ticket, command, desk -> desk.record(ESCALATED, body("level " + number)));
            case OPEN -> open(customer);
            case IMPORT -> importTicket(customer);
            case RATE ->
                customer(customer, "rate", desk -> desk.on(ticket).once(command).rate(1 + number, "Text"));
            case REOPEN ->
                customer(
                        customer,
                        "reopen",
                        desk -> desk.on(ticket).once(command).reopen());
            case CLOSE_OWN ->
                customer(
                        customer, "close", desk -> desk.on(ticket).once(command).close());
            case SEVERAL -> severalAtOnce(agent, ticket, command, number);
            case DESCRIPTION -> agent(agent, ticket, command, desk -> desk.changeDescription("Text " + number));
            case REDACT -> redact(ticket, command, number);
            case ADD_PARTICIPANT ->
                agent(
                        agent,
                        ticket,
                        command,
                        desk -> desk.addParticipant(customer, Participants.Kind.values()[number % 2]));
            case REMOVE_PARTICIPANT -> agent(agent, ticket, command, desk -> desk.removeParticipant(customer));
            case MARK_READ ->
                customer(customer, "mark read", desk -> {
                    desk.on(ticket).markRead(2 * number);
                    return "done";
                });
            case UPLOAD -> upload(ticket, random.nextBoolean() ? customer : agent, command, number);
            case REDACT_ALL -> {
                UUID author = random.nextBoolean() ? customer : agent;
                both(world -> {
                    world.tickets.admin(ADMIN).redactions().redactAll(author, null, command);
                    return "done";
                });
            }
            case MESSAGE ->
                customer(
                        customer,
                        "reply",
                        desk -> desk.on(ticket).once(command).once(mail(number)).reply("Message " + number));
        }
    }

    /** By a customer or an agent, and named by a reply of theirs. */
    private void upload(UUID ticket, UUID person, UUID command, int number) {
        boolean customers = this.customers.contains(person);
        Function<World, Object> step = world -> {
            TicketService tickets = world.tickets;
            Attachments files = customers
                    ? tickets.customer(person).on(ticket).attachments()
                    : tickets.agent(person).on(ticket).attachments();
            UUID file = uploaded(files, "file " + number, "bytes " + number);
            world.files().add(file);
            Command.Reply reply = Command.reply("File").with(List.of(file));
            return customers
                    ? tickets.customer(person).on(ticket).once(command).apply(reply)
                    : tickets.agent(person)
                            .on(ticket)
                            .once(command)
                            .apply(reply)
                            .ticketId();
        };
        if (customers) {
            worlds.compare("upload", now, step);
        } else {
            both(step);
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Files of both worlds, of one alone, and none: opened, and named as the customer's own. */
    private void files(UUID customer, UUID ticket) {
        int place = random.nextInt(3);
        UUID fresh = unnamed.isEmpty() ? uuid() : any(unnamed);
        UUID command = uuid();
        worlds.compare("open a file", now, world -> {
            List<UUID> files = world.files();
            return opened(
                    world.tickets.customer(customer).on(ticket),
                    files.size() <= place ? fresh : files.get(files.size() - 1 - place));
        });
        customer(customer, "open a file of the staff's", desk -> opened(desk.on(ticket), fresh));
        customer(
                customer,
                "name a file of the staff's",
                desk -> desk.on(ticket)
                        .once(command)
                        .apply(Command.reply("Mine").with(List.of(fresh))));
    }

    /** Under an id, made by chance, of which nobody takes a part for a text in some encoding: the worlds' would say different things. */
    private static UUID uploaded(Attachments files, String name, String content) {
        UUID id;
        do {
            id = files.add(name, "text/plain", bytes(content)).id();
        } while (!Traces.of(id.toString()).equals(id + "\n"));
        return id;
    }

    private static Object opened(CustomerHandle ticket, UUID file) {
        return ticket.attachments()
                .open(file)
                .<Object>map(content -> {
                    try {
                        return List.of(
                                content.attachment(),
                                new String(content.stream().readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElse("none");
    }

    /** What it changes for the staff may differ: what is so already for one of the two sides changes for the other alone. */
    private void agent(UUID agentId, UUID ticket, UUID command, Function<AgentCommands, CommandResult<?>> call) {
        both(world -> {
            return call.apply(world.tickets.agent(agentId).on(ticket).once(command))
                    .ticketId();
        });
    }

    /** As one command; in the other world with private ones after the first. */
    private void severalAtOnce(UUID agent, UUID ticket, UUID command, int number) {
        List<Command> seen = List.of(
                Command.reply("Several " + number),
                Command.changePriority(Priority.values()[number % 3]),
                Command.changeTitle("Title " + number));
        List<Command> all = new ArrayList<>(seen);
        for (int i = random.nextInt(3); i > 0; i--) {
            all.add(1 + random.nextInt(all.size()), Command.note("private " + i));
        }
        both(world -> world.tickets
                .agent(agent)
                .on(ticket)
                .once(command)
                .apply(world == worlds.other() ? all : seen)
                .outcome());
    }

    /** Of what customers see; in the other world with a reason. */
    private void redact(UUID ticket, UUID command, int number) {
        List<UUID> seen = events(worlds.one(), ticket, event -> event.visibility() == Visibility.PUBLIC);
        Redaction redaction = seen.isEmpty() || number == 0
                ? Redaction.ofBeginning("title", "description")
                : Redaction.ofEverythingIn(any(seen));
        both(world -> {
            world.tickets
                    .admin(ADMIN)
                    .redactions()
                    .redact(ticket, world == worlds.other() ? redaction.reason("private") : redaction, command);
            return "done";
        });
    }

    private static List<UUID> events(World world, UUID ticket, Predicate<TicketEvent> which) {
        return world.tickets.agent(AGENTS.get(0)).on(ticket).history(PageRequest.oldestFirst(200)).items().stream()
                .filter(which)
                .map(TicketEvent::id)
                .toList();
    }

    /** One of few, which customers and the staff give and ask for alike. */
    private Reference mail(int number) {
        return new Reference("mail", "<" + number + "." + now.getEpochSecond() % 8 + ">");
    }

    private List<Reference> references() {
        List<Reference> all = new ArrayList<>(given.subList(Math.max(0, given.size() - 50), given.size()));
        for (int number = 0; number < 4; number++) {
            for (int second = 0; second < 8; second++) {
                all.add(new Reference("mail", "<" + number + "." + second + ">"));
            }
        }
        return all;
    }

    private void customer(UUID customerId, String call, Function<CustomerDesk, Object> question) {
        worlds.compare(call, now, world -> question.apply(world.tickets.customer(customerId)));
    }

    /** Notes, fields, tags, private events, and the lives of others: at whatever time the clock shows. */
    private void somethingPrivate(World world) {
        UUID ticket = any(tickets);
        UUID agent = any(AGENTS);
        Instant time = TwinWorlds.tick(random, now);
        String text = "private text " + random.nextInt(5);
        switch (step(Step.PRIVATE)) {
            case PRIVATE_PARTICIPANT -> {
                UUID stranger = any(strangers);
                Participants.Kind kind = Participants.Kind.values()[random.nextInt(2)];
                worlds.other()
                        .alone(time, w -> w.tickets.agent(agent).on(ticket).addParticipant(stranger, kind));
            }
            case FOLLOW ->
                world.alone(time, w -> {
                    w.tickets.agent(agent).on(ticket).markRead();
                    return w.tickets.agent(agent).on(ticket).follow();
                });
            case UNFOLLOW ->
                world.alone(
                        time,
                        w -> w.tickets.agent(agent).on(ticket).apply(Command.unfollow(any(AGENTS, text.length()))));
            case REDACT_PRIVATE -> {
                List<UUID> hidden = events(world, ticket, event -> event.visibility() == Visibility.PRIVATE);
                if (!hidden.isEmpty()) {
                    UUID event = any(hidden);
                    world.alone(
                            time,
                            w -> w.tickets.admin(ADMIN).redactions().redact(ticket, Redaction.ofEverythingIn(event)));
                }
            }
            case SNOOZE -> {
                Instant until = time.plusSeconds(1 + random.nextInt(200));
                boolean back = random.nextInt(3) == 0;
                world.alone(
                        time,
                        w -> w.tickets
                                .agent(agent)
                                .on(ticket)
                                .apply(back ? Command.unsnooze() : Command.snooze(until)));
            }
            case UPLOAD_PRIVATE ->
                world.alone(
                        time,
                        w -> unnamed.add(w.tickets
                                .agent(agent)
                                .on(ticket)
                                .attachments()
                                .add(text, "text/plain", bytes(text))
                                .id()));
            case NOTE ->
                world.alone(
                        time,
                        w -> w.tickets
                                .agent(agent)
                                .on(ticket)
                                .once(mail(text.hashCode() & 3))
                                .note(text));
            case SET_FIELD ->
                world.alone(time, w -> w.tickets.agent(agent).on(ticket).setField("field", text));
            case REMOVE_FIELD ->
                world.alone(time, w -> w.tickets.agent(agent).on(ticket).removeField("field"));
            case TAG -> world.alone(time, w -> w.tickets.agent(agent).on(ticket).tag(text, "other"));
            case UNTAG ->
                world.alone(time, w -> w.tickets.agent(agent).on(ticket).untag(text));
            case RECORD_PRIVATE ->
                world.alone(time, w -> w.tickets.agent(agent).on(ticket).record(FRAUD_CHECK, body(text)));
            case WORKER_ADDRESS ->
                world.alone(time, w -> {
                    w.tickets
                            .people()
                            .updateWorker(
                                    agent,
                                    Worker.Changes.none().email(text.replace(' ', '.') + agent + "@example.com"));
                    return "done";
                });
            case CUSTOMER_ADDRESS ->
                world.alone(time, w -> {
                    w.tickets
                            .people()
                            .updateCustomer(
                                    any(customers), Customer.Changes.none().email(uuid() + "@example.com"));
                    return "done";
                });
            case ELSEWHERE -> somethingElsewhere(time, agent, text);
        }
    }

    /** In the other world alone: tickets of people whom the one does not know. */
    private void somethingElsewhere(Instant time, UUID agent, String text) {
        World world = worlds.other();
        UUID stranger = any(strangers);
        if (foreign.isEmpty() || random.nextInt(3) == 0) {
            UUID command = uuid();
            int before = foreign.size();
            world.alone(
                    time,
                    w -> foreign.add(w.tickets
                            .customer(stranger)
                            .open(NewTicket.of("Foreign", text), command)
                            .id()));
            // A number tells how many tickets there are, and who was erased opens none.
            if (foreign.size() > before) {
                worlds.one()
                        .alone(
                                time,
                                w -> w.tickets.customer(bystander).open(NewTicket.of("Elsewhere", "Text"), command));
            }
            return;
        }
        UUID ticket = any(foreign);
        switch (random.nextInt(6)) {
            case 0 ->
                world.alone(time, w -> w.tickets.customer(stranger).on(ticket).reply(text));
            case 1 -> world.alone(time, w -> w.tickets.agent(agent).on(ticket).close());
            case 2 -> world.alone(time, w -> w.tickets.agent(agent).on(ticket).moveToCustomer(stranger));
            case 3 ->
                world.alone(time, w -> w.tickets.customer(stranger).on(ticket).rate(3, text));
            case 4 -> world.alone(time, w -> w.tickets.agent(agent).on(ticket).assign(agent));
            default ->
                world.alone(time, w -> {
                    w.tickets.admin(ADMIN).erase(stranger);
                    return "done";
                });
        }
    }

    /** All that a customer can ask, of their own tickets, each other's, those of strangers, and none. */
    private void ask(UUID customer) {
        UUID ticket = random.nextInt(4) == 0 && !foreign.isEmpty() ? any(foreign) : any(tickets);
        int version = random.nextInt(4);
        UUID fresh = uuid();
        UUID command = uuid();
        customer(customer, "ticket", desk -> desk.on(ticket).ticket());
        customer(customer, "ticket that does not exist", desk -> desk.on(fresh).ticket());
        customer(
                customer,
                "history",
                desk -> pages(
                        PageRequest.oldestFirst(2), page -> desk.on(ticket).history(page)));
        customer(
                customer, "ticket with history", desk -> desk.on(ticket).ticketWithHistory(PageRequest.newestFirst(3)));
        customer(customer, "history backwards", desk -> desk.on(ticket).history(PageRequest.newestFirst(3)));
        customer(
                customer, "numbers", desk -> List.of(desk.findByNumber(1), desk.findByNumber(2), desk.findByNumber(3)));
        customer(customer, "references", desk -> desk.findReferences(references()));
        customer(
                customer,
                "list",
                desk -> pages(PageRequest.newestFirst(1), page -> desk.find(TicketQuery.all(), page)));
        customer(
                customer,
                "list by status",
                desk -> desk.find(
                        TicketQuery.all().status(TicketStatus.NEW, TicketStatus.CLOSED), PageRequest.oldestFirst(5)));
        TicketQuery.Sort sort = any(SORTS);
        customer(
                customer,
                "list by " + sort,
                desk -> pages(
                        PageRequest.oldestFirst(2),
                        page -> desk.find(TicketQuery.all().sort(sort), page)));
        search(customer);
        files(customer, ticket);
        customer(
                customer,
                "counts",
                desk -> desk.counts(new TreeMap<>(Map.of(
                        "all", TicketQuery.all(),
                        "answered", TicketQuery.unsolved().responded(true),
                        "urgent", TicketQuery.all().priority(Priority.HIGH)))));
        switch (random.nextInt(5)) {
            case 0 ->
                customer(
                        customer,
                        "stale reply",
                        desk -> desk.on(ticket).expecting(version).once(command).reply("Late"));
            case 1 ->
                customer(
                        customer,
                        "stale close",
                        desk -> desk.on(ticket).expecting(version).once(command).close());
            case 2 ->
                customer(customer, "rate", desk -> desk.on(ticket).once(command).rate(2, null));
            case 3 ->
                customer(customer, "rate out of range", desk -> desk.on(ticket).rate(0, "x"));
            default ->
                customer(
                        customer,
                        "reopen",
                        desk -> desk.on(ticket).once(command).reopen());
        }
    }

    private static <T> List<Page<T>> pages(PageRequest first, Function<PageRequest, Page<T>> read) {
        List<Page<T>> pages = new ArrayList<>(List.of(read.apply(first)));
        while (pages.get(pages.size() - 1).next().isPresent()) {
            pages.add(read.apply(first.after(pages.get(pages.size() - 1).next().get())));
        }
        return pages;
    }

    private UUID uuid() {
        return new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() & ~(3L << 62) | 1L << 63);
    }

    /** Words that stand in public texts, in private ones of one world alone, in both, and in other people's. */
    private void search(UUID customer) {
        String text = TEXTS.get(searching.nextInt(TEXTS.size()));
        TicketQuery query = TicketQuery.all().matching(text);
        if (indexing.nextInt(6) == 0) {
            catchUp();
        }
        searched(
                customer,
                "search " + text,
                desk -> pages(
                        PageRequest.newestFirst(1), page -> desk.find(query.sort(TicketQuery.Sort.RELEVANCE), page)));
        searched(
                customer,
                "counts of " + text,
                desk -> desk.counts(new TreeMap<>(Map.of(
                        "all", query, "answered", query.responded(true), "new", query.status(TicketStatus.NEW)))));
    }

    private void searched(UUID customerId, String call, Function<CustomerDesk, Object> question) {
        worlds.compare(call, now, world -> question.apply(world.searchable.customer(customerId)));
    }

    /** How much there was to do is the host's to know. What is planted elsewhere is found without the words of imports. */
    private void catchUp() {
        if (worlds.searchedAtOnce() && !likely.isEmpty()) {
            return;
        }
        both(world -> {
            world.catchUp();
            return "done";
        });
    }

    private Step step(List<Step> kind) {
        List<Step> wanted = kind.stream().distinct().filter(likely::contains).toList();
        return any(wanted.isEmpty() || random.nextInt(4) == 0 ? kind : wanted);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static <T> T any(List<T> list, int number) {
        return list.get(number % list.size());
    }
}
