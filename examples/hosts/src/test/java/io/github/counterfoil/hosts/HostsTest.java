package io.github.counterfoil.hosts;

import static io.github.counterfoil.hosts.HostDatabase.ADA;
import static io.github.counterfoil.hosts.HostDatabase.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.CommandResult.Outcome;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.ticket.NewTicket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the page's table of connections: what is acknowledged is stored, and a transaction is the host's alone. */
class HostsTest {
    private static final String WITHOUT_AUTOCOMMIT = ", autocommit off";
    private static final Map<String, Function<HostDatabase, Host>> HOSTS = hosts();
    private static HostDatabase database;

    private UUID id;

    private static Map<String, Function<HostDatabase, Host>> hosts() {
        Map<String, Function<HostDatabase, Host>> hosts = new LinkedHashMap<>();
        hosts.put("A pool", JdbcHost::withAutocommit);
        hosts.put("A pool with `autoCommit=false`", JdbcHost::withoutAutocommit);
        for (boolean autocommit : List.of(true, false)) {
            String with = autocommit ? "" : WITHOUT_AUTOCOMMIT;
            hosts.put("Spring's `JdbcTransactionManager`" + with, db -> SpringHost.jdbc(db, autocommit));
            hosts.put("Spring's `DataSourceTransactionManager`" + with, db -> SpringHost.dataSource(db, autocommit));
            hosts.put("Spring's `LazyConnectionDataSourceProxy`" + with, db -> SpringHost.lazy(db, autocommit));
            hosts.put(
                    "Spring's `TransactionAwareDataSourceProxy`" + with,
                    db -> SpringHost.transactionAware(db, autocommit));
            hosts.put("Spring's `JpaTransactionManager`" + with, db -> JpaHost.in(db, autocommit));
        }
        hosts.put("Spring's `TransactionAwareDataSourceProxy` without a connection source", SpringHost::proxyOnly);
        hosts.put("Hibernate's `Session.doWork`", HibernateHost::new);
        hosts.put("jOOQ's `dsl.transaction`", JooqHost::new);
        hosts.put("JTA (Narayana with Agroal)", JtaHost::new);
        return hosts;
    }

    static Stream<String> rows() {
        return HOSTS.keySet().stream();
    }

    @BeforeAll
    static void start() {
        database = new HostDatabase();
        database.execute("""
                create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end';
                create trigger refuse after insert on counterfoil.ticket_event
                  for each row when (new.type = 'tag-added') execute function refuse();
                """);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void open() {
        id = database.ticket();
    }

    @AfterEach
    void clear() {
        database.execute("delete from refund");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void what_is_acknowledged_outside_a_transaction_is_stored(String row) {
        in(row, host -> {
            TicketService tickets = host.tickets();
            assertThat(tickets.agent(JANE).on(id).reply("Hello").outcome()).isEqualTo(Outcome.APPLIED);
            UUID opened = tickets.customer(ADA)
                    .open(NewTicket.of("T", "D").channel("web"))
                    .id();
            tickets.people().updateCustomer(ADA, Customer.Changes.none().name("Ada", row));

            TicketService elsewhere = database.plain();
            assertThat(elsewhere.agent(JANE).on(id).ticket().version()).isEqualTo(1);
            assertThat(elsewhere.customer(ADA).on(opened).findTicket()).isPresent();
            assertThat(elsewhere.people().customer(ADA).orElseThrow().lastName())
                    .isEqualTo(row);
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void what_is_acknowledged_inside_is_there_after_the_hosts_commit_and_not_before(String row) {
        in(row, host -> {
            host.transaction(tickets -> {
                host.refund();
                assertThat(tickets.agent(JANE).on(id).reply("Hello").outcome()).isEqualTo(Outcome.APPLIED);
                assertThat(tickets.agent(JANE).on(id).ticket().version()).isEqualTo(1);
                assertThat(database.plain().agent(JANE).on(id).ticket().version())
                        .isZero();
            });
            assertThat(stored()).isEqualTo("1 refunds, version 1");
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_hosts_transaction_that_fails_leaves_nothing_of_itself_and_nothing_of_ours(String row) {
        in(row, host -> {
            assertThatThrownBy(() -> host.transaction(tickets -> {
                        host.refund();
                        tickets.agent(JANE).on(id).reply("Hello");
                        tickets.agent(JANE).on(id).ticket();
                        tickets.people().customer(ADA);
                        host.refund();
                        throw new IllegalStateException("the host fails");
                    }))
                    .hasMessage("the host fails");
            assertThat(stored()).isEqualTo("0 refunds, version 0");
            host.tickets().agent(JANE).on(id).reply("Afterwards");
            assertThat(stored()).isEqualTo("0 refunds, version 1");
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_failure_of_ours_takes_the_hosts_transaction_with_it(String row) {
        in(row, host -> {
            assertThatThrownBy(() -> host.transaction(tickets -> {
                        host.refund();
                        tickets.agent(JANE).on(id).reply("Hello");
                        tickets.agent(JANE).on(id).tag("fire");
                    }))
                    .isInstanceOf(DatabaseFailure.class);
            assertThat(stored()).isEqualTo("0 refunds, version 0");
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_refusal_that_the_host_catches_leaves_its_transaction_usable(String row) {
        in(row, host -> {
            host.transaction(tickets -> {
                host.refund();
                assertThatThrownBy(
                                () -> tickets.agent(JANE).on(UUID.randomUUID()).reply("Hello"))
                        .isInstanceOf(TicketNotFound.class);
                assertThat(tickets.agent(JANE).on(UUID.randomUUID()).findTicket())
                        .isEmpty();
                tickets.agent(JANE).on(id).reply("Hello");
            });
            assertThat(stored()).isEqualTo("1 refunds, version 1");
        });
    }

    @Test
    void a_read_only_pool_gives_reads_and_refuses_the_rest() {
        try (HikariDataSource pool = database.pool(true)) {
            pool.setReadOnly(true);
            TicketService tickets = TicketService.builder(pool).build();
            assertThat(tickets.agent(JANE).on(id).ticket().version()).isZero();
            assertThatThrownBy(() -> tickets.agent(JANE).on(id).reply("Hello"))
                    .isInstanceOfSatisfying(
                            Unavailable.class, e -> assertThat(e.code()).isEqualTo("database.read_only"));
        }
        assertThat(stored()).isEqualTo("0 refunds, version 0");
    }

    @Test
    void the_page_has_a_row_for_each_of_these_and_no_other() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "..", "docs", "transactions.md")).stream()
                .dropWhile(line -> !line.startsWith("| your connections |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|")[1].strip())
                .toList();
        Stream<String> tested = HOSTS.keySet().stream()
                .map(name -> name.replace(WITHOUT_AUTOCOMMIT, ""))
                .distinct();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(tested, Stream.of("A pool with `readOnly=true`"))
                        .toList());
    }

    private static void in(String row, Consumer<Host> test) {
        try (Host host = HOSTS.get(row).apply(database)) {
            test.accept(host);
        }
    }

    private String stored() {
        return database.count("refund") + " refunds, version "
                + database.plain().agent(JANE).on(id).ticket().version();
    }
}
