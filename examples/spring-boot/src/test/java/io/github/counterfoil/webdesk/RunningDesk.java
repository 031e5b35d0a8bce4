package io.github.counterfoil.webdesk;

import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.webdesk.accounts.Account;
import io.github.counterfoil.webdesk.accounts.Accounts;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The desk as a host starts it, once for all tests, with its samples. */
final class RunningDesk {
    static final Path MAIL = Path.of("target", "mail-" + UUID.randomUUID()).toAbsolutePath();

    private static final ServletWebServerApplicationContext CONTEXT =
            (ServletWebServerApplicationContext) SpringApplication.run(
                    WebDesk.class,
                    "--server.port=0",
                    "--desk.samples=30",
                    "--desk.mail-every=1d",
                    "--desk.search-every=1d",
                    "--desk.mail=" + MAIL,
                    "--desk.files=" + Path.of("target", "files").toAbsolutePath());

    private static final MockMvc MOCK =
            MockMvcBuilders.webAppContextSetup(CONTEXT).apply(springSecurity()).build();

    private RunningDesk() {}

    static <T> T bean(Class<T> type) {
        return CONTEXT.getBean(type);
    }

    static String address() {
        return "http://localhost:" + CONTEXT.getWebServer().getPort();
    }

    /** The pages without a network. */
    static MockMvc pages() {
        return MOCK;
    }

    static TicketService tickets() {
        return bean(TicketService.class);
    }

    static JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    static Account account(String firstName) {
        return bean(Accounts.class).loadUserByUsername(firstName + "@example.com");
    }
}
