package io.github.counterfoil.hosts;

import static io.github.counterfoil.hosts.HostDatabase.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.UnsuitableConnection;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A JTA data source of which nobody said whose transactions it knows. */
class JtaTransactionsTest {

    @Test
    void an_undeclared_jta_data_source_is_refused_inside_a_transaction_by_name() {
        try (HostDatabase database = new HostDatabase();
                AgroalDataSource dataSource = JtaHost.dataSource(database)) {
            UUID id = database.ticket();
            TicketService tickets = TicketService.builder(dataSource).build();
            assertThat(tickets.agent(JANE).on(id).ticket().version()).isZero();
            JtaHost.inJta(
                    () -> assertThatThrownBy(() -> tickets.agent(JANE).on(id).ticket())
                            .isInstanceOf(UnsuitableConnection.class)
                            .hasMessageContaining("transactionOwner"));
        }
    }

    @Test
    void the_schema_is_applied_by_a_jta_data_source_outside_a_transaction() {
        try (HostDatabase database = new HostDatabase();
                AgroalDataSource dataSource = JtaHost.dataSource(database)) {
            TicketService tickets =
                    TicketService.builder(dataSource).schema("support").build();
            assertThat(tickets.schema().apply()).isNotEmpty();
            assertThat(tickets.schema().verify()).isEmpty();
        }
    }
}
