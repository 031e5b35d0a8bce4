package io.github.counterfoil.architecture.broken;

import static io.github.counterfoil.internal.jooq.Tables.TICKETS;

import io.github.counterfoil.desk.CustomerCommands;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.document.PostgresDocuments;
import io.github.counterfoil.internal.verification.Verification;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketSnapshot;
import jakarta.validation.Validator;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.validator.HibernateValidator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.postgresql.PGConnection;
import org.slf4j.Logger;

/** Breaks the rules that can be broken in several ways in each of those that another class here leaves. */
public final class EveryWay {

    List<Class<?>> libraries() {
        return List.of(PGConnection.class, Validator.class, HibernateValidator.class, Logger.class);
    }

    Object view() {
        return TICKETS;
    }

    Object logged(Field<String> field) {
        return DSL.multisetAgg(field);
    }

    List<QueryPart> lackedByNewerJooq(Select<?> select, Condition condition) {
        return List.of(
                DSL.notExists(select),
                DSL.selectOne().whereExists(select),
                condition.andExists(select),
                condition.orNotExists(select));
    }

    List<QueryPart> textAsSql(String text) {
        return List.of(DSL.condition(text), DSL.table(text), DSL.sql(text), DSL.query(text), DSL.resultQuery(text));
    }

    void textSent(DSLContext dsl, String text) {
        dsl.fetch(text);
        dsl.execute(text);
    }

    void transactions(DSLContext dsl, Query query) {
        dsl.transactionResult(inner -> inner.dsl().execute(query));
        var unused = dsl.startTransaction();
    }

    double chances() {
        return new SplittableRandom().nextInt()
                + ThreadLocalRandom.current().nextInt()
                + new SecureRandom().nextInt()
                + Math.random();
    }

    public void object() {}

    public void val() {}

    /** At the customer's desk. */
    abstract static class Commands implements CustomerCommands {
        Ticket ticket;
        TicketSnapshot snapshot;
        TicketEvent event;
        TicketEvent.Header header;
        Verification verification;
        PostgresDocuments documents;
    }
}
