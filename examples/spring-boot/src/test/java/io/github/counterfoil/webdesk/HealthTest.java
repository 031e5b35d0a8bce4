package io.github.counterfoil.webdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.webdesk.database.SearchWords;
import io.github.counterfoil.webdesk.health.TicketsHealth;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.scheduling.config.ScheduledTaskHolder;

class HealthTest {

    @Test
    void whoever_asks_is_told_that_it_works_and_nothing_else() throws Exception {
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(get("/actuator/health").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("Behind", "tickets").contains("\"status\":\"UP\"");
        Health health = RunningDesk.bean(TicketsHealth.class).health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsOnlyKeys("mailBehind", "searchBehind");
    }

    @Test
    void agents_are_told_how_it_stands_and_customers_nothing_but_whether_it_works() {
        assertThat(Visitor.signedIn("jane").get("/actuator/health").body()).contains("mailBehind", "searchBehind");
        assertThat(Visitor.signedIn("ada").get("/actuator/health").body())
                .contains("\"status\":\"UP\"")
                .doesNotContain("Behind", "tickets", "components", "disk", "database");
    }

    @Test
    void probes_are_answered_without_a_login_and_are_sent_nowhere() throws Exception {
        for (String probe : List.of("liveness", "readiness")) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(get("/actuator/health/" + probe).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(probe).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
        }
    }

    @Test
    void without_a_database_programs_and_monitoring_are_told_so_in_good_time() throws Exception {
        List<Connection> taken = new ArrayList<>();
        try {
            takeAll(taken);
            HttpRequest.Builder program = get("/api/desk/tickets");
            program.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString("jane@example.com:counterfoil".getBytes(StandardCharsets.UTF_8)));
            HttpResponse<String> refused =
                    HttpClient.newHttpClient().send(program.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(refused.body()).contains("\"code\":\"database.unreachable\"");

            long asked = System.nanoTime();
            HttpResponse<String> health = HttpClient.newHttpClient()
                    .send(get("/actuator/health").build(), HttpResponse.BodyHandlers.ofString());
            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .as("half a minute is what a pool waits otherwise")
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("\"status\":\"DOWN\"");
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    /** To who waits for one, a pool whose database went away is one that has none to give. */
    private static void takeAll(List<Connection> taken) throws SQLException {
        DataSource pool = RunningDesk.bean(DataSource.class);
        while (taken.size() < 10) { // as many as Hikari holds
            taken.add(pool.getConnection());
        }
    }

    @Test
    void mail_that_nobody_reads_any_more_makes_no_host_unwell() {
        ChangeFeed<?> feed = RunningDesk.tickets().changes().forCustomers();
        feed.remove("mail");
        try {
            Health health = RunningDesk.bean(TicketsHealth.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .contains(entry("mailBehind", "consumer.unknown"))
                    .containsKey("searchBehind");
        } finally {
            feed.register("mail", ChangeFeed.Start.now());
        }
    }

    @Test
    void search_catches_up_and_is_not_told_to_be_ever_further_behind() {
        RunningDesk.tickets()
                .customer(RunningDesk.account("ada").supportId())
                .open(NewTicket.of("Behind", "It burns."));
        RunningDesk.bean(SearchWords.class).catchUp();
        assertThat(RunningDesk.bean(TicketsHealth.class).health().getDetails()).contains(entry("searchBehind", 0L));
        assertThat(RunningDesk.bean(ScheduledTaskHolder.class).getScheduledTasks())
                .extracting(Object::toString)
                .anyMatch(task -> task.contains("SearchWords.catchUp"));
    }

    private static HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create(RunningDesk.address() + path));
    }

    @Test
    void a_schema_that_is_not_there_is_told_by_its_code() {
        TicketService nowhere = TicketService.builder(RunningDesk.bean(DataSource.class))
                .schema("nowhere")
                .build();
        Health health = new TicketsHealth(nowhere).health();
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsExactly(entry("code", "schema.missing"));
    }
}
