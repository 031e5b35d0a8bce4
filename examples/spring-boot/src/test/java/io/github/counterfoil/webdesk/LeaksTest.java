package io.github.counterfoil.webdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import io.github.counterfoil.leaks.LeakKit;
import io.github.counterfoil.leaks.LeakReport;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.webdesk.accounts.Account;
import io.github.counterfoil.webdesk.accounts.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;

/** Nothing that only the staff sees reaches a customer's page: the leak kit looks for it. */
class LeaksTest {
    private static final int OPERATIONS = Integer.getInteger("counterfoil.leaks.operations", 4);

    // region: leak-kit
    @Test
    void no_page_and_no_answer_of_the_customers_side_holds_anything_private() {
        LeakReport report = kit(1).function("my tickets", (tickets, customer, ticket) -> read(customer, get("/portal")))
                .function("a search", (tickets, customer, ticket) -> read(customer, get("/portal?q=the")))
                .function("a ticket", (tickets, customer, ticket) -> read(customer, get("/portal/tickets/" + ticket)))
                .function(
                        "a form",
                        (tickets, customer, ticket) -> read(
                                customer,
                                multipart("/portal/tickets/" + ticket + "/reply")
                                        .param("commandId", ticket.toString())
                                        .param("text", "")
                                        .with(csrf())))
                .function(
                        "as JSON", (tickets, customer, ticket) -> read(customer, get("/api/portal/tickets/" + ticket)))
                .function(
                        "its history as JSON",
                        (tickets, customer, ticket) ->
                                read(customer, get("/api/portal/tickets/" + ticket + "/history")))
                .run();
        System.out.println("The customers' pages: " + report);
        report.requireNone();
        assertThat(report.probes()).isGreaterThan(OPERATIONS * 6L);
    }
    // endregion

    @Test
    void a_page_that_leaks_is_found() {
        UUID jane = RunningDesk.account("jane").supportId();
        LeakReport report = kit(2).operations(1)
                .function(
                        "the wrong page",
                        (tickets, customer, ticket) -> RunningDesk.pages()
                                .perform(get("/desk/tickets/" + ticket).with(user(signedIn(jane, Side.AGENT))))
                                .andReturn()
                                .getResponse()
                                .getContentAsString())
                .run();
        assertThat(report.leaks()).isNotEmpty();
    }

    /** What the customers' pages are made with: the types of the other side are not among it. */
    @Test
    void the_customers_pages_are_made_without_the_types_of_the_staff() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/io/github/counterfoil/webdesk/portal"))) {
            List<Path> files =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(files)
                    .hasSizeGreaterThan(4)
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .doesNotContain(
                                    "TicketService", "AgentDesk", "AgentHandle", "TicketEvent.", "ticket.Ticket;"));
        }
    }

    private static LeakKit kit(long seed) {
        return LeakKit.on(RunningDesk.tickets())
                .seed(seed)
                .operations(OPERATIONS)
                .agentDisplay(AgentDisplay.firstNames())
                .users(() -> RunningDesk.jdbc().sql("""
                                insert into account (email, first_name, last_name, side, password)
                                values (gen_random_uuid()::text, '-', '-', 'CUSTOMER', '-') returning support_id""").query(UUID.class).single());
    }

    private static Account signedIn(UUID supportId, Side side) {
        return new Account(1, supportId, "somebody@example.com", "Some", "Body", side, "-");
    }

    private static String read(UUID customer, AbstractMockHttpServletRequestBuilder<?> request) throws Exception {
        MockHttpServletResponse response = RunningDesk.pages()
                .perform(request.with(user(signedIn(customer, Side.CUSTOMER))))
                .andReturn()
                .getResponse();
        StringBuilder all = new StringBuilder(response.getContentAsString());
        response.getHeaderNames()
                .forEach(name -> all.append(name)
                        .append(": ")
                        .append(response.getHeaders(name))
                        .append('\n'));
        return all.toString();
    }
}
