package io.github.counterfoil.internal.change;

import static io.github.counterfoil.internal.jooq.Tables.INDEX_UNSEARCHED;
import static io.github.counterfoil.internal.jooq.Tables.READ_UNSEARCHED;

import io.github.counterfoil.change.Change;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.change.SearchIndex;
import io.github.counterfoil.error.ConsumerRefused;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.jooq.Routines;
import io.github.counterfoil.internal.jooq.tables.records.ReadUnsearchedRecord;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.search.Searched;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.JSONB;
import org.jooq.impl.DSL;

/** Follows the staff's changes under a name that no host can give. */
public final class PostgresSearchIndex implements SearchIndex {
    private static final String CONSUMER = "";

    /** Beside each other: each has its part of the tickets. */
    private static final int WORKERS = 2;

    private final Database database;
    private final PostgresChangeFeed<Change.About, Change> feed;

    public PostgresSearchIndex(ServiceContext context) {
        this.database = context.database();
        this.feed = new PostgresChangeFeed<>(context, new StaffSide(context));
    }

    @Override
    public int catchUp(int atMost) {
        Faults faults = new Faults();
        faults.add("at_most", Problem.range(atMost, 1, PostgresChangeFeed.MOST));
        faults.throwIfAny();
        return registered(() -> database.together((joined, connection) -> portion(joined, atMost)));
    }

    @Override
    public ChangeFeed.Lag lag() {
        return registered(() -> feed.behind(CONSUMER));
    }

    /** It is registered by its first call, and not with the schema: what it never follows need not be kept in mind. */
    private <T> T registered(Supplier<T> call) {
        try {
            return call.get();
        } catch (ConsumerRefused e) {
            if (!e.code().equals("consumer.unknown")) {
                throw e;
            }
            feed.registered(CONSUMER, ChangeFeed.Start.beginning(), WORKERS);
            return call.get();
        }
    }

    private static int portion(Database joined, int atMost) {
        UUID token = UUID.randomUUID();
        List<ReadUnsearchedRecord> read = joined.command(
                token,
                (dsl, frame) -> dsl.fetch(READ_UNSEARCHED(
                        DSL.val(token),
                        DSL.val(atMost),
                        Routines.changeHorizon(),
                        DSL.val(frame.patience()),
                        DSL.val(frame.durable()))));
        PostgresChangeFeed.require(read.get(0).getRefusal());
        int looked = read.get(0).getLooked();
        if (looked > 0) {
            JSONB texts = JSONB.jsonb(texts(read.subList(1, read.size())));
            PostgresChangeFeed.require(joined.command(
                            token,
                            (dsl, frame) ->
                                    dsl.fetchSingle(INDEX_UNSEARCHED(token, texts, frame.patience(), frame.durable())))
                    .getRefusal());
        }
        return looked;
    }

    private static String texts(List<ReadUnsearchedRecord> read) {
        List<String> texts = new ArrayList<>();
        for (ReadUnsearchedRecord one : read) {
            Searched searched =
                    Searched.source(JsonValue.parse(one.getSource().data()).members());
            if (!searched.isEmpty()) {
                texts.add(new JsonObject()
                        .put("ticket", one.getTicketId().toString())
                        .put("seq", one.getSeq())
                        .put("digest", one.getDigest())
                        .put("words", searched.words())
                        .text());
            }
        }
        return "[" + String.join(",", texts) + "]";
    }

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "PostgresSearchIndex";
    }
}
