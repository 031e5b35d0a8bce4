package io.github.counterfoil.architecture.broken;

import static io.github.counterfoil.internal.jooq.Tables.TICKET_EVENT;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.selectOne;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.architecture.broken.internal.Hidden;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import tools.jackson.databind.json.JsonMapper;

/** Breaks every rule that one class can break, in a package that is not NullMarked. */
public final class RuleBreaker {
    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonMapper newer = new JsonMapper();

    public List<Hidden> leaks() {
        return List.of();
    }

    public Class<?> dependsOnTheDoor() {
        return TicketService.class;
    }

    Condition callsWhatNewerJooqLacks() {
        return exists(selectOne().from(TICKET_EVENT));
    }

    Field<?> logsWhatPeopleWrote() {
        return multiset(selectOne());
    }

    Field<?> buildsSqlFromText(String input) {
        return field(input);
    }

    void commitsForTheHost(DSLContext dsl) {
        dsl.transaction(inner -> inner.dsl().selectOne().fetch());
    }

    int drawsWithoutSeed() {
        return new Random().nextInt();
    }

    CompletableFuture<Void> worksInTheCommonPool() {
        return CompletableFuture.runAsync(() -> {});
    }

    public Object when() {
        return List.of(mapper, newer);
    }
}
