package io.github.counterfoil.webdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.webdesk.accounts.Accounts;
import io.github.counterfoil.webdesk.accounts.Security;
import io.github.counterfoil.webdesk.mail.CustomerMail;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Both sides' pages, over HTTP. */
class PagesTest {
    private final UUID ada = RunningDesk.account("ada").supportId();
    private final UUID jane = RunningDesk.account("jane").supportId();

    private UUID open(String title) {
        return RunningDesk.tickets()
                .customer(ada)
                .open(NewTicket.of(title, "It burns."))
                .id();
    }

    private List<TicketEvent> history(UUID ticketId) {
        return RunningDesk.tickets()
                .agent(jane)
                .on(ticketId)
                .history(PageRequest.oldestFirst(200))
                .items();
    }

    @Test
    void nobody_gets_in_without_their_password_and_each_side_has_its_own_pages() {
        Visitor stranger = new Visitor();
        assertThat(stranger.get("/desk").uri().getPath()).isEqualTo("/login");
        assertThat(stranger.submit("/login", Map.of("username", "ada@example.com", "password", "wrong"))
                        .body())
                .contains("Nobody has this address with this password.");

        Visitor customer = Visitor.signedIn("ada");
        assertThat(customer.page()).contains("<h1>My tickets</h1>").doesNotContain("Bob");
        assertThat(customer.get("/desk").statusCode()).isEqualTo(403);
        Visitor agent = Visitor.signedIn("jane");
        assertThat(agent.page()).contains("Not closed");
        assertThat(agent.get("/desk?queue=ALL&q=overnight").body()).contains("Machine leaks after descaling");
        assertThat(agent.get("/portal").statusCode()).isEqualTo(403);
    }

    @Test
    void the_inbox_counts_filters_searches_and_turns_pages() {
        Visitor agent = Visitor.signedIn("jane");
        assertThat(agent.get("/desk?queue=ALL").body()).contains("<span class=\"count\">");
        Matcher next = Pattern.compile("href=\"([^\"]*after=[^\"]*)\"").matcher(agent.page());
        assertThat(next.find()).isTrue();
        assertThat(agent.get(next.group(1).replace("&amp;", "&")).body()).contains("First page", "class=\"title\"");

        assertThat(agent.get("/desk?queue=ALL&q=batch+118").body())
                .contains("<mark>batch</mark>", "Machine leaks after descaling")
                .doesNotContain("Invoice 2031");
        TicketQuery leaking = TicketQuery.all().matching("overnight");
        long number = RunningDesk.tickets()
                .agent(jane)
                .find(leaking, PageRequest.newestFirst(1))
                .items()
                .get(0)
                .number();
        assertThat(agent.get("/desk?queue=ALL&q=%23" + number).body())
                .contains("Machine leaks after descaling")
                .doesNotContain("Invoice 2031");
        assertThat(agent.get("/desk?queue=ALL&tag=carrier").body())
                .contains("Refund for a parcel")
                .doesNotContain("Machine leaks");
        HttpResponse<String> refused = agent.get("/desk?q=%22%22");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("holds no word to look for");
    }

    @Test
    void a_day_of_one_ticket_on_both_sides() throws IOException {
        Visitor customer = Visitor.signedIn("ada");
        customer.get("/portal/new");
        customer.submit("/portal/tickets", Map.of("title", "Steam wand is blocked", "text", "No steam at all."));
        Matcher address =
                Pattern.compile("/portal/tickets/([0-9a-f-]{36})/reply").matcher(customer.page());
        assertThat(address.find()).isTrue();
        UUID id = UUID.fromString(address.group(1));

        String desk = "/desk/tickets/" + id;
        Visitor agent = Visitor.signedIn("jane");
        agent.get(desk);
        agent.submit(desk + "/assign", Map.of("worker", jane.toString()));
        agent.submit(desk + "/priority", Map.of("priority", "HIGH"));
        agent.submit(desk + "/tag", Map.of("tag", "steam"));
        agent.submit(desk + "/note", Map.of("text", "She is a journalist."));
        agent.post(
                desk + "/reply",
                with(agent.form(desk + "/reply"), "text", "Please look at this."),
                "steam <b>.html",
                bytes("<script>alert(1)</script>"));
        assertThat(agent.page()).contains("The reply is sent.", "She is a journalist.", "steam &lt;b&gt;.html");

        String portal = "/portal/tickets/" + id;
        assertThat(customer.get("/portal").body()).contains("1 new");
        assertThat(customer.get(portal).body())
                .contains("Please look at this.", "Jane takes care of it", "steam &lt;b&gt;.html")
                .doesNotContain("journalist", "Smith", "steam</span>", jane.toString());
        Matcher file =
                Pattern.compile("href=\"(" + portal + "/files/[0-9a-f-]{36})\"").matcher(customer.page());
        assertThat(file.find()).isTrue();
        customer.submit(portal + "/reply", Map.of("text", "That helped, thank you."));
        customer.submit(portal + "/close", Map.of());
        customer.submit(portal + "/rate", Map.of("rating", "5", "comment", "Quick!"));
        assertThat(customer.page()).contains("Thank you for your rating.", "★★★★★");

        HttpResponse<String> downloaded = customer.get(file.group(1));
        assertThat(downloaded.body()).isEqualTo("<script>alert(1)</script>");
        assertThat(downloaded.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;");
        assertThat(downloaded.headers().firstValue("Content-Type")).contains("application/octet-stream");
        Visitor other = Visitor.signedIn("bob");
        assertThat(other.get(file.group(1)).statusCode()).isEqualTo(404);
        assertThat(other.get(portal).statusCode()).isEqualTo(404);

        RunningDesk.bean(CustomerMail.class).deliver();
        try (Stream<Path> mails = Files.list(RunningDesk.MAIL)) {
            List<String> texts = mails.map(PagesTest::read).toList();
            assertThat(texts)
                    .anySatisfy(text -> assertThat(text)
                            .contains("To: ada@example.com", "Steam wand is blocked", "Please look at this."));
            assertThat(String.join("", texts))
                    .doesNotContain("journalist", "That helped, thank you.", "Then we send you a new seal");
        }
    }

    @Test
    void a_form_that_is_sent_twice_is_stored_once_also_with_a_file() {
        UUID id = open("Sent twice");
        String desk = "/desk/tickets/" + id;
        Visitor agent = Visitor.signedIn("jane");
        agent.get(desk);
        Map<String, String> form = with(agent.form(desk + "/reply"), "text", "Once.");
        agent.post(desk + "/reply", form, "a.txt", bytes("a"));
        agent.post(desk + "/reply", form, "a.txt", bytes("a"));
        assertThat(agent.page()).contains("That was stored before, once.");
        assertThat(history(id)).hasSize(1);
        assertThat(uploads(id)).isEqualTo(1);
    }

    @Test
    void who_answers_past_a_colleague_is_told_what_happened_and_has_their_text_still() {
        UUID id = open("Two at once");
        String desk = "/desk/tickets/" + id;
        Visitor agent = Visitor.signedIn("jane");
        agent.get(desk);
        Map<String, String> form = with(agent.form(desk + "/reply"), "text", "Please <unplug> it.");
        RunningDesk.tickets()
                .agent(RunningDesk.account("tom").supportId())
                .on(id)
                .changeStatus(TicketStatus.PENDING);
        agent.post(desk + "/reply", form, "a.txt", bytes("a"));
        assertThat(agent.page())
                .contains("Somebody was quicker", "Tom: status-update", "Please &lt;unplug&gt; it.</textarea>");
        assertThat(history(id)).hasSize(1);
        assertThat(uploads(id)).as("rows of a transaction that was rolled back").isZero();

        agent.post(
                desk + "/reply", with(agent.form(desk + "/reply"), "text", "Please unplug it."), "a.txt", bytes("a"));
        assertThat(history(id)).hasSize(2);
        assertThat(uploads(id)).isEqualTo(1);
    }

    @Test
    void several_tickets_are_closed_at_once_and_those_that_changed_meanwhile_are_named() {
        UUID first = open("First of two");
        UUID second = open("Second of two");
        Visitor agent = Visitor.signedIn("jane");
        agent.get("/desk?q=%22of+two%22");
        Map<String, String> form = agent.form("/desk/bulk");
        RunningDesk.tickets().agent(jane).on(second).reply("Changed.");
        form.put("action", "CLOSE");
        form.put("ticket", first + "@0," + second + "@0");
        agent.post("/desk/bulk", form);
        assertThat(agent.page()).contains("1 of 2 tickets are done.", "Second of two: ticket.stale");
        assertThat(RunningDesk.tickets().agent(jane).on(first).ticket().status())
                .isEqualTo(TicketStatus.CLOSED);
    }

    @Test
    void a_tag_for_the_chosen_is_no_filter_and_the_filters_stay_also_after_a_refusal() {
        UUID id = open("Tagged among the filtered");
        RunningDesk.tickets().agent(jane).on(id).apply(Command.tag("filtered"));
        Visitor agent = Visitor.signedIn("jane");
        agent.get("/desk?queue=ALL&tag=filtered");
        Map<String, String> form = agent.form("/desk/bulk");
        form.put("action", "TAG");
        form.put("ticket", id + "@1");
        HttpResponse<String> refused = agent.post("/desk/bulk", with(form, "addTag", "x".repeat(65)));
        assertThat(refused.uri().getQuery()).contains("tag=filtered", "queue=ALL");
        assertThat(refused.body()).contains("That cannot be stored as it is.", "x".repeat(65));
        HttpResponse<String> done = agent.post("/desk/bulk", with(form, "addTag", "added"));
        assertThat(done.uri().getQuery()).contains("tag=filtered").doesNotContain("added");
        assertThat(done.body()).contains("1 of 1 tickets are done.", "Tagged among the filtered");
        assertThat(RunningDesk.tickets().agent(jane).on(id).ticket().tags()).containsExactly("filtered", "added");
    }

    @Test
    void what_names_no_ticket_is_a_bad_request() {
        Visitor agent = Visitor.signedIn("jane");
        agent.get("/desk?queue=ALL");
        Map<String, String> form = with(agent.form("/desk/bulk"), "action", "CLOSE");
        for (String ticket : List.of("x", UUID.randomUUID().toString(), UUID.randomUUID() + "@x")) {
            assertThat(agent.post("/desk/bulk", with(form, "ticket", ticket)).statusCode())
                    .as(ticket)
                    .isEqualTo(400);
        }
    }

    @Test
    void a_text_as_long_as_there_may_be_is_stored_alone_and_with_a_file_as_large_as_there_may_be() {
        String text = "ä".repeat(2 << 20); // 4 MiB, and three times as long in a form
        UUID id = open("Long");
        String desk = "/desk/tickets/" + id;
        Visitor agent = Visitor.signedIn("jane");
        agent.get(desk);
        assertThat(agent.submit(desk + "/note", Map.of("text", text)).statusCode())
                .isEqualTo(200);
        agent.post(desk + "/reply", with(agent.form(desk + "/reply"), "text", text), "a.bin", new byte[10 << 20]);
        assertThat(agent.page()).contains("The reply is sent.");
        assertThat(history(id)).hasSize(2);
        assertThat(uploads(id)).isEqualTo(1);
    }

    @Test
    void what_is_longer_or_larger_is_refused_beside_what_was_typed_and_never_a_failure() {
        UUID id = open("Too long");
        String desk = "/desk/tickets/" + id;
        Visitor agent = Visitor.signedIn("jane");
        agent.get(desk);
        assertThat(agent.submit(desk + "/note", Map.of("text", "Kept" + "x".repeat(4 << 20)))
                        .body())
                .contains("text is more than there may be: 4194304", "Keptx");
        agent.post(
                desk + "/reply", with(agent.form(desk + "/reply"), "text", "Kept too."), "a.bin", new byte[11 << 20]);
        assertThat(agent.page()).contains("10 MB each", "Kept too.</textarea>");
        Map<String, String> form = with(agent.form(desk + "/reply"), "text", "x");
        assertThat(agent.post(desk + "/reply", form, "a.bin", new byte[61 << 20])
                        .statusCode())
                .isEqualTo(413);
        agent.get(desk);
        Map<String, String> note = with(agent.form(desk + "/note"), "text", "x".repeat(17 << 20));
        assertThat(agent.post(desk + "/note", note).statusCode()).isEqualTo(413);
        assertThat(history(id)).isEmpty();
        assertThat(uploads(id)).isZero();
    }

    @Test
    void a_file_with_nothing_in_it_is_kept_and_none_chosen_is_none() {
        UUID id = open("Empty file");
        String desk = "/desk/tickets/" + id;
        Visitor agent = Visitor.signedIn("jane");
        agent.get(desk);
        agent.post(desk + "/reply", with(agent.form(desk + "/reply"), "text", "None."), "", bytes(""));
        assertThat(uploads(id)).isZero();
        agent.post(desk + "/reply", with(agent.form(desk + "/reply"), "text", "Empty."), "empty.log", bytes(""));
        assertThat(agent.page()).contains("empty.log", "0 bytes");
        assertThat(uploads(id)).isEqualTo(1);
    }

    @Test
    void what_cannot_be_stored_is_said_beside_what_was_typed() {
        Visitor customer = Visitor.signedIn("ada");
        customer.get("/portal/new");
        customer.submit("/portal/tickets", Map.of("title", "x".repeat(501), "text", "Kept & shown"));
        assertThat(customer.page())
                .contains(
                        "That cannot be stored as it is.",
                        "title is more than there may be: 500",
                        "Kept &amp; shown</textarea>");
    }

    @Test
    void an_account_whose_person_is_refused_is_not_stored() {
        long before = accounts();
        assertThatThrownBy(() -> RunningDesk.bean(Accounts.class).openForCustomer("no address", "Eve", "", "hash"))
                .isInstanceOf(InvalidInput.class);
        assertThat(accounts()).isEqualTo(before);
    }

    @Test
    void forms_of_other_pages_are_refused_and_no_script_stands_in_a_page() {
        UUID id = open("Forged");
        Visitor customer = Visitor.signedIn("ada");
        assertThat(customer.post(
                                "/portal/tickets/" + id + "/close",
                                Map.of("commandId", UUID.randomUUID().toString()))
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> page = customer.get("/portal/tickets/" + id);
        assertThat(page.headers().firstValue("Content-Security-Policy")).contains(Security.CONTENT_SECURITY_POLICY);
        assertThat(page.body()).doesNotContain("<script>", "style=", "onclick");
    }

    private static long accounts() {
        return RunningDesk.jdbc()
                .sql("select count(*) from account")
                .query(Long.class)
                .single();
    }

    private static int uploads(UUID ticketId) {
        return RunningDesk.jdbc()
                .sql("select count(*) from upload where ticket_id = :id")
                .param("id", ticketId)
                .query(Integer.class)
                .single();
    }

    private static Map<String, String> with(Map<String, String> form, String name, String value) {
        form.put(name, value);
        return form;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
