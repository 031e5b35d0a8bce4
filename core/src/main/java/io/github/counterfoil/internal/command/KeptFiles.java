package io.github.counterfoil.internal.command;

import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Frame;
import io.github.counterfoil.spi.AttachmentStore;
import java.util.function.Function;

/**
 * Where a service keeps files.
 *
 * @param stores the store for who works on a database, which a host's transaction may be
 * @param transactional whether what is done with the store is undone with a transaction
 * @param mostBytes of one
 */
public record KeptFiles(Function<Database, AttachmentStore> stores, boolean transactional, long mostBytes) {
    /** What mail systems take. */
    public static final long STANDARD_BYTES = 25 << 20;

    /** @throws UnsuitableConnection if the store knows nothing of the transaction that the call is part of */
    public void requireOutside(Frame frame) {
        if (frame.joins() && !transactional) {
            throw UnsuitableConnection.besideStore();
        }
    }

    /** On the connections of the calls that it is for. */
    public AttachmentStore store(Database database) {
        return stores.apply(database);
    }
}
