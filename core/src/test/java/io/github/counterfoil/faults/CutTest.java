package io.github.counterfoil.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.Waiting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each cut does to a statement what it says. */
class CutTest {
    /** Named after what the proxy takes for a write. */
    private static final String WRITE = "insert into import_tickets_of_mine values (1)";

    private static final Duration SOON = Duration.ofSeconds(20);

    private TestDatabase database;
    private CuttingProxy proxy;

    @BeforeEach
    void open() {
        database = TestDatabase.empty();
        database.execute("create table import_tickets_of_mine (n integer)");
        proxy = new CuttingProxy(database.url());
    }

    @AfterEach
    void close() {
        proxy.close();
        database.close();
    }

    @Test
    void what_is_cut_before_the_server_is_not_done() {
        assertThatThrownBy(() -> write(Cut.beforeTheServer())).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> write(Cut.insideTheRequest(0.5))).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> write(Cut.silence(false))).isInstanceOf(SQLException.class);
        assertThat(done()).isZero();
    }

    @Test
    void what_is_cut_after_the_server_is_done() {
        assertThatThrownBy(() -> write(Cut.afterTheServer())).isInstanceOf(SQLException.class);
        assertThat(done()).isEqualTo(1);
        assertThatThrownBy(() -> write(Cut.insideTheAnswer(1, 0.5))).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> write(Cut.silence(true))).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> write(Cut.endOfAnswers())).isInstanceOf(SQLException.class);
        assertThat(Waiting.until(SOON, () -> done() == 4)).isTrue();
    }

    @Test
    void what_is_late_or_comes_byte_by_byte_is_done_and_answered() throws SQLException {
        write(Cut.delay(Duration.ofMillis(50)));
        write(Cut.byteByByte());
        assertThat(done()).isEqualTo(2);
    }

    @Test
    void a_network_that_refuses_or_is_silent_lets_nothing_through_and_is_open_again_after_it() throws SQLException {
        for (CuttingProxy.Network network : CuttingProxy.Network.values()) {
            proxy.become(network);
            if (network != CuttingProxy.Network.OPEN) {
                assertThatThrownBy(() -> connect().close()).isInstanceOf(SQLException.class);
            }
        }
        proxy.become(CuttingProxy.Network.OPEN);
        connect().close();
    }

    private void write(Cut cut) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            CompletableFuture<Void> struck = Background.run(() -> proxy.strike(cut));
            Waiting.require("the arming", SOON, proxy::isArmed);
            try {
                statement.execute(WRITE);
            } finally {
                struck.join();
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(proxy.url() + "&socketTimeout=1&connectTimeout=1");
    }

    private int done() {
        return Integer.parseInt(database.value("select count(*) from import_tickets_of_mine"));
    }
}
