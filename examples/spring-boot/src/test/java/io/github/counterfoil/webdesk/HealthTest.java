package io.github.counterfoil.webdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.webdesk.health.TicketsHealth;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class HealthTest {

    @Test
    void whoever_asks_is_told_that_it_works_and_nothing_else() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(RunningDesk.address() + "/actuator/health"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("Behind", "tickets").contains("\"status\":\"UP\"");
        Health health = RunningDesk.bean(TicketsHealth.class).health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsOnlyKeys("mailBehind", "searchBehind");
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
