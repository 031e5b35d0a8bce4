/** Support tickets on PostgreSQL. {@link io.github.counterfoil.TicketService} is the door. */
module io.github.counterfoil {
    requires transitive java.sql;
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires jakarta.validation;
    requires org.jooq;
    requires org.slf4j;
    requires static org.jspecify;
    // The host's own, if it has it.
    requires static tools.jackson.core;
    requires static tools.jackson.databind;
    // It may be absent, or in another class loader.
    requires static org.postgresql.jdbc;
    // Inside the jar, under names of its own.
    requires static org.hibernate.validator;
    requires static org.jboss.logging;

    exports io.github.counterfoil;
    exports io.github.counterfoil.change;
    exports io.github.counterfoil.command;
    exports io.github.counterfoil.desk;
    exports io.github.counterfoil.document;
    exports io.github.counterfoil.error;
    exports io.github.counterfoil.event;
    exports io.github.counterfoil.imports;
    exports io.github.counterfoil.json;
    exports io.github.counterfoil.page;
    exports io.github.counterfoil.people;
    exports io.github.counterfoil.schema;
    exports io.github.counterfoil.spi;
    exports io.github.counterfoil.ticket;
    exports io.github.counterfoil.verification;

    // The host's migration tool may want to read the SQL files from the jar.
    opens io.github.counterfoil.schema;
    // They make what writes and reads the values.
    opens io.github.counterfoil.internal.json.jackson to
            com.fasterxml.jackson.databind,
            tools.jackson.databind;
    opens io.github.counterfoil.internal.jooq.tables to
            org.jooq;
    opens io.github.counterfoil.internal.jooq.tables.records to
            org.jooq;
}
