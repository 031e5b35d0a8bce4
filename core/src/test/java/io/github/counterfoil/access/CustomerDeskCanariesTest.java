package io.github.counterfoil.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.desk.Attachments;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.leaks.CustomerFunction;
import io.github.counterfoil.leaks.LeakKit;
import io.github.counterfoil.leaks.LeakReport;
import io.github.counterfoil.leaks.Traces;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.FilesInMemory;
import io.github.counterfoil.testing.LogCapture;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Counterfoil under its own kit: everything that a customer's desk can answer is searched for what is private. */
@ExtendWith(Chance.class)
class CustomerDeskCanariesTest {
    private static final int OPERATIONS = Integer.getInteger("counterfoil.canaries.operations", 18);
    private static final CustomEventType ESCALATED =
            CustomEventType.publicType("escalated", 1).showing("text");
    private static final CustomEventType FRAUD_CHECK = CustomEventType.privateType("fraud-check", 1);

    @Test
    void no_answer_no_exception_and_no_log_line_holds_a_canary() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (LogCapture log = LogCapture.open()) {
            Callable<LeakReport> fullNames = () -> run(AgentDisplay.fullNames(), log);
            Callable<LeakReport> team = () -> run(AgentDisplay.team("Support"), log);
            for (Future<LeakReport> run : threads.invokeAll(List.of(fullNames, team))) {
                LeakReport report = run.get();
                report.requireNone();
                System.out.println("canaries: " + report);
                // Each of three customers asks for a ticket of another's and for none, and mostly for one of their own.
                assertThat(report.probes())
                        .isGreaterThanOrEqualTo(
                                3L * 2 * probes(new FilesInMemory()).size() * OPERATIONS);
                assertThat(report.canaries()).isGreaterThan(OPERATIONS / 2);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void every_method_of_the_customers_desk_is_probed() {
        Set<String> methods = Stream.of(CustomerDesk.class, CustomerHandle.class)
                .flatMap(side -> Stream.of(side.getMethods()))
                .map(Method::getName)
                .filter(name -> !name.equals("on"))
                .collect(Collectors.toSet());
        Set<String> probed = probes(new FilesInMemory()).keySet().stream()
                .flatMap(name -> Stream.of(name.split(" ")))
                .filter(methods::contains)
                .collect(Collectors.toSet());
        assertThat(probed).containsExactlyInAnyOrderElementsOf(methods);
    }

    private static LeakReport run(AgentDisplay display, LogCapture log) {
        try (TestDatabase database = TestDatabase.withSchema()) {
            FilesInMemory store = new FilesInMemory();
            LeakKit kit = LeakKit.on(TicketService.builder(database.connections())
                            .attachments(store, 1_000)
                            .agentDisplay(display)
                            .eventType(ESCALATED)
                            .eventType(FRAUD_CHECK)
                            .searchable()
                            .build())
                    .agentDisplay(display)
                    .eventTypes(ESCALATED, FRAUD_CHECK)
                    .operations(OPERATIONS)
                    .seed(Chance.seed())
                    .output("log", log::drain);
            probes(store).forEach(kit::function);
            LeakReport report = kit.run();
            assertThat(store.files()).isNotEmpty();
            return report;
        }
    }

    private static TicketQuery sorted(TicketQuery.Sort sort) {
        TicketQuery query = TicketQuery.unsolved().sort(sort);
        return sort == TicketQuery.Sort.RELEVANCE ? query.matching("text") : query;
    }

    /** Named after the methods that they call. */
    private static Map<String, CustomerFunction> probes(FilesInMemory store) {
        Map<String, CustomerFunction> probes = new LinkedHashMap<>();
        probes.put(
                "ticket",
                (tickets, customer, ticket) ->
                        tickets.customer(customer).on(ticket).ticket());
        probes.put(
                "findTicket",
                (tickets, customer, ticket) ->
                        tickets.customer(customer).on(ticket).findTicket());
        probes.put(
                "findByNumber",
                (tickets, customer, ticket) -> LongStream.rangeClosed(1, 10)
                        .mapToObj(number -> tickets.customer(customer).findByNumber(number))
                        .toList());
        probes.put(
                "findReferences",
                (tickets, customer, ticket) ->
                        tickets.customer(customer).findReferences(List.of(new Reference("mail", "<1@example.com>"))));
        probes.put(
                "once by reference",
                (tickets, customer, ticket) -> tickets.customer(customer)
                        .on(ticket)
                        .once(new Reference("mail", "<2@example.com>"))
                        .reply("The same again"));
        probes.put(
                "history forwards",
                (tickets, customer, ticket) -> pages(
                        PageRequest.oldestFirst(5),
                        page -> tickets.customer(customer).on(ticket).history(page)));
        probes.put(
                "history backwards",
                (tickets, customer, ticket) -> pages(
                        PageRequest.newestFirst(50),
                        page -> tickets.customer(customer).on(ticket).history(page)));
        probes.put(
                "ticketWithHistory",
                (tickets, customer, ticket) -> pages(
                        PageRequest.newestFirst(50),
                        page -> tickets.customer(customer)
                                .on(ticket)
                                .ticketWithHistory(page)
                                .history()));
        probes.put(
                "ticketWithHistory's ticket",
                (tickets, customer, ticket) ->
                        tickets.customer(customer).on(ticket).ticketWithHistory(PageRequest.newestFirst(1)));
        probes.put(
                "find",
                (tickets, customer, ticket) -> pages(
                        PageRequest.newestFirst(5),
                        page -> tickets.customer(customer).find(TicketQuery.all(), page)));
        probes.put(
                "find closed",
                (tickets, customer, ticket) -> tickets.customer(customer)
                        .find(TicketQuery.all().status(TicketStatus.CLOSED), PageRequest.oldestFirst(50)));
        for (TicketQuery.Sort sort : TicketQuery.Sort.values()) {
            probes.put(
                    "find by " + sort,
                    (tickets, customer, ticket) ->
                            tickets.customer(customer).find(sorted(sort).responded(true), PageRequest.oldestFirst(50)));
        }
        probes.put("find texts", (tickets, customer, ticket) -> {
            // Those of imports, too.
            tickets.searchIndex().catchUp(1_000);
            return tickets.customer(customer)
                    .find(
                            TicketQuery.all().matching("a").sort(TicketQuery.Sort.RELEVANCE),
                            PageRequest.newestFirst(50));
        });
        probes.put(
                "counts of texts",
                (tickets, customer, ticket) -> tickets.customer(customer)
                        .counts(Map.of(
                                "text",
                                TicketQuery.all().matching("text"),
                                "a",
                                TicketQuery.all().matching("the a"))));
        probes.put(
                "find by a tag",
                (tickets, customer, ticket) ->
                        tickets.customer(customer).find(TicketQuery.all().tags("secret"), PageRequest.oldestFirst(50)));
        probes.put(
                "counts",
                (tickets, customer, ticket) -> tickets.customer(customer)
                        .counts(Map.of(
                                "all",
                                TicketQuery.all(),
                                "answered",
                                TicketQuery.all().responded(true))));
        probes.put(
                "find with a wrong cursor",
                (tickets, customer, ticket) -> tickets.customer(customer)
                        .find(TicketQuery.all(), PageRequest.oldestFirst(50).after(Traces.of(ticket))));
        probes.put("markRead and what is unread", (tickets, customer, ticket) -> {
            CustomerDesk desk = tickets.customer(customer);
            Page<CustomerTicketSummary> before = desk.find(TicketQuery.all(), PageRequest.newestFirst(50));
            desk.on(ticket).markRead(2);
            desk.on(ticket).markRead();
            return List.of(before, desk.find(TicketQuery.all(), PageRequest.newestFirst(50)));
        });
        probes.put("export", (tickets, customer, ticket) -> exported(tickets, customer));
        // The same command id every time: the first call opens, those after it read what it opened.
        probes.put(
                "once open",
                (tickets, customer, ticket) ->
                        tickets.customer(customer).open(NewTicket.of("Title", "Text"), customer));
        probes.put(
                "open with too much",
                (tickets, customer, ticket) ->
                        tickets.customer(customer).open(NewTicket.of("", "Text").tags("staff")));
        probes.put(
                "once reply",
                (tickets, customer, ticket) -> tickets.customer(customer)
                        .on(ticket)
                        .once(customer)
                        .reply("Hello?", List.of(JsonValue.parse("{\"name\": \"a.txt\"}"))));
        probes.put(
                "once reply with another text",
                (tickets, customer, ticket) ->
                        tickets.customer(customer).on(ticket).once(customer).reply("Another"));
        // A version that is gone: refused, with what the customer can see of what happened since.
        probes.put(
                "expecting reply",
                (tickets, customer, ticket) ->
                        tickets.customer(customer).on(ticket).expecting(0).reply("Hello?"));
        probes.put(
                "expecting close",
                (tickets, customer, ticket) ->
                        tickets.customer(customer).on(ticket).expecting(1).close());
        probes.put(
                "expecting reopen",
                (tickets, customer, ticket) ->
                        tickets.customer(customer).on(ticket).expecting(1).reopen());
        probes.put(
                "expecting rate",
                (tickets, customer, ticket) ->
                        tickets.customer(customer).on(ticket).expecting(1).rate(3, null));
        probes.put(
                "apply several",
                (tickets, customer, ticket) -> tickets.customer(customer)
                        .on(ticket)
                        .once(customer)
                        .apply(Command.reply("Hello?"), Command.close(), CustomerCommand.rate(3, null)));
        probes.put("attachments", (tickets, customer, ticket) -> {
            Attachments attachments = tickets.customer(customer).on(ticket).attachments();
            List<Object> opened = new ArrayList<>();
            for (UUID file : store.files().keySet()) {
                attachments.open(file).ifPresent(opened::add);
            }
            return opened;
        });
        probes.put("attachments of others named", (tickets, customer, ticket) -> {
            List<Object> answers = new ArrayList<>();
            for (UUID file : store.files().keySet()) {
                try {
                    answers.add(tickets.customer(customer)
                            .on(ticket)
                            .apply(Command.reply("Mine").with(List.of(file))));
                } catch (CounterfoilException e) {
                    answers.add(e);
                }
            }
            return answers;
        });
        probes.put(
                "rate out of range",
                (tickets, customer, ticket) ->
                        tickets.customer(customer).on(ticket).rate(9, "Comment"));
        return probes;
    }

    /** What a host hands to a customer who asks for all that is theirs. */
    private static String exported(TicketService tickets, UUID customer) {
        StringWriter out = new StringWriter();
        try {
            tickets.documents().writeCustomer(customer, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static <T> List<Page<T>> pages(PageRequest first, Function<PageRequest, Page<T>> read) {
        List<Page<T>> pages = new ArrayList<>();
        PageRequest request = first;
        while (true) {
            Page<T> page = read.apply(request);
            pages.add(page);
            if (page.next().isEmpty() || pages.size() == 3) {
                return pages;
            }
            request = request.after(page.next().get());
        }
    }
}
