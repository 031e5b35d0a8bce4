package io.github.counterfoil.webdesk.database;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import io.github.counterfoil.people.AgentDisplay;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.transaction.PlatformTransactionManager;

/** The ticket service, on the database of {@code spring.datasource.url} or on an embedded one that is gone when the desk closes. */
@Configuration(proxyBeanMethods = false)
public class Database {

    // region: service
    @Bean
    SpringConnectionSource connections(DataSource dataSource, PlatformTransactionManager manager) {
        return new SpringConnectionSource(dataSource, manager);
    }

    @Bean
    @DependsOnDatabaseInitialization // the table of users comes first
    TicketService tickets(SpringConnectionSource connections) {
        TicketService tickets = service(connections).build();
        tickets.schema().apply();
        return tickets;
    }

    public static TicketService.Builder service(SpringConnectionSource connections) {
        return TicketService.builder(connections)
                .usersTable("public", "account", "support_id")
                .agentDisplay(AgentDisplay.firstNames())
                .searchable();
    }
    // endregion

    /** Only where no database is named. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(NoneNamed.class)
    static class Embedded {

        @Bean
        EmbeddedPostgresql postgresql() {
            return EmbeddedPostgresql.start();
        }

        @Bean
        JdbcConnectionDetails connectionDetails(EmbeddedPostgresql postgresql) {
            return new JdbcConnectionDetails() {
                @Override
                public String getJdbcUrl() {
                    return postgresql.jdbcUrl();
                }

                @Override
                public String getUsername() {
                    return "postgres";
                }

                @Override
                public String getPassword() {
                    return "";
                }
            };
        }
    }

    static class NoneNamed implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !context.getEnvironment().containsProperty("spring.datasource.url");
        }
    }
}
