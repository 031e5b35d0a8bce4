package io.github.counterfoil.error;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import io.github.counterfoil.testing.FaultyConnections;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.WithoutAutocommit;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every SQLSTATE that PostgreSQL documents, and what a caller is told. */
class SqlStatesTest {
    private static final Map<String, String> TOLD = told(Map.of(
            "database.unreachable",
            "08000 08001 08003 08004 08006 08007 08P01 25P03 25P04 40003 57P01 57P02 57P03 57P04 57P05",
            "database.busy",
            "40001 40P01 55P03",
            "database.exhausted",
            "53000 53100 53200 53300 53400",
            "database.refused",
            "28000 28P01 3D000",
            "database.timeout",
            "57014",
            "database.read_only",
            "25006",
            "transaction.aborted",
            "25P02",
            "database.failure",
            """
            03000 09000 0A000 0B000 0F000 0F001 0L000 0LP01 0P000 0Z000 0Z002 20000 21000 22000 22001 22002 22003 22004 22005
            22007 22008 22009 2200B 2200C 2200D 2200F 2200G 2200H 2200L 2200M 2200N 2200S 2200T 22010 22011 22012 22013 22014
            22015 22016 22018 22019 2201B 2201E 2201F 2201G 2201W 2201X 22021 22022 22023 22024 22025 22026 22027 2202E 2202G
            2202H 22030 22031 22032 22033 22034 22035 22036 22037 22038 22039 2203A 2203B 2203C 2203D 2203E 2203F 2203G 22P01
            22P02 22P03 22P04 22P05 22P06 23000 23001 23502 23503 23505 23514 23P01 24000 25000 25001 25002 25003 25004 25005
            25007 25008 25P01 26000 27000 2B000 2BP01 2D000 2F000 2F002 2F003 2F004 2F005 34000 38000 38001 38002 38003 38004
            39000 39001 39004 39P01 39P02 39P03 3B000 3B001 3F000 40000 40002 42000 42501 42601 42602 42611 42622 42701 42702
            42703 42704 42710 42712 42723 42725 42803 42804 42809 42830 42846 42883 428C9 42939 42P01 42P02 42P03 42P04 42P05
            42P06 42P07 42P08 42P09 42P10 42P11 42P12 42P13 42P14 42P15 42P16 42P17 42P18 42P19 42P20 42P21 42P22 44000 54000
            54001 54011 54023 55000 55006 55P02 55P04 57000 58000 58030 58P01 58P02 72000 F0000 F0001 HV000 HV001 HV002 HV004
            HV005 HV006 HV007 HV008 HV009 HV00A HV00B HV00C HV00D HV00J HV00K HV00L HV00M HV00N HV00P HV00Q HV00R HV010 HV014
            HV021 HV024 HV090 HV091 P0000 P0001 P0002 P0003 P0004 XX000 XX001 XX002"""));

    private static TestDatabase database;
    private static UUID id;
    private static FaultyConnections hosts;
    private static FaultyConnections own;
    private static TicketService inHosts;
    private static TicketService alone;

    private static Map<String, String> told(Map<String, String> statesByCode) {
        Map<String, String> told = new HashMap<>();
        statesByCode.forEach((code, states) -> Stream.of(states.split("\\s+")).forEach(state -> told.put(state, code)));
        return told;
    }

    static Stream<String> states() {
        return TOLD.keySet().stream().sorted();
    }

    @BeforeAll
    static void open() {
        database = TestDatabase.withSchema();
        id = SupportTeam.in(database).ticket();
        hosts = new FaultyConnections(new WithoutAutocommit(database.connections())).owner(TransactionOwner.HOST);
        own = new FaultyConnections(database.connections());
        inHosts = TicketService.builder(hosts).deadline(Duration.ofMillis(300)).build();
        alone = TicketService.builder(own).deadline(Duration.ofMillis(300)).build();
        inHosts.agent(JANE).on(id).ticket();
        alone.agent(JANE).on(id).ticket();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @MethodSource("states")
    void in_a_hosts_transaction_it_is_told_at_once_and_the_transaction_is_known_to_have_failed(String state) {
        hosts.fail("execute", 1, () -> new SQLException("secret", state));
        Throwable thrown = catchThrowable(() -> inHosts.agent(JANE).on(id).reply("Hello"));
        requireTold(thrown, state);
        if (thrown instanceof Unavailable e) {
            assertThat(e.transactionFailed()).isTrue();
            assertThat(e.retryable()).isEqualTo(e.code().matches("database\\.(busy|unreachable)"));
        }
    }

    @ParameterizedTest
    @MethodSource("states")
    void a_write_that_is_sent_once_tells_what_happened_or_that_nobody_knows(String state) {
        boolean passing = state.equals("40001") || state.equals("40P01");
        own.fail("execute", passing ? 1 : Integer.MAX_VALUE, () -> new SQLException("secret", state));
        Throwable thrown = catchThrowable(() -> alone.people().updateCustomer(ADA, Customer.Changes.none()));
        own.fail("nothing", 0, AssertionError::new);
        if (TOLD.get(state).equals("database.unreachable")) {
            assertThat(thrown).isInstanceOf(OutcomeUnknown.class);
        } else if (passing) {
            assertThat(thrown).as("repeated").isNull();
        } else {
            requireTold(thrown, state);
        }
    }

    private static void requireTold(Throwable thrown, String state) {
        assertThat(thrown).isInstanceOfSatisfying(CounterfoilException.class, e -> {
            assertThat(e.code()).isEqualTo(TOLD.get(state));
            assertThat(e.toString()).doesNotContain("secret");
            assertThat(e.getCause()).isNull();
        });
        if (thrown instanceof Unavailable e) {
            assertThat(e.sqlState()).isEqualTo(state);
        } else if (thrown instanceof DatabaseFailure e) {
            assertThat(e.sqlState()).isEqualTo(state);
        } else {
            assertThat(thrown).isInstanceOf(TransactionAborted.class);
        }
    }
}
