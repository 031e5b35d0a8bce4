package io.github.counterfoil.internal.command;

import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Frame;
import io.github.counterfoil.spi.AttachmentStore;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a service keeps files.
 *
 * @param stores the store for who works on a database, which a host's transaction may be
 * @param transactional whether what is done with the store is undone with a transaction
 * @param mostBytes of one
 */
public record KeptFiles(Function<Database, AttachmentStore> stores, boolean transactional, long mostBytes) {
    private static final Logger LOG = LoggerFactory.getLogger(KeptFiles.class);

    /** What mail systems take. */
    public static final long STANDARD_BYTES = 25 << 20;

    /** @throws UnsuitableConnection if the store knows nothing of the transaction that the call is part of */
    public void requireOutside(Frame frame) {
        if (frame.joins() && !transactional) {
            throw UnsuitableConnection.besideStore();
        }
    }

    /** Whether a file was deleted: one that was not is asked for again by a later sweep. */
    public static boolean deleted(AttachmentStore store, UUID id) {
        try {
            store.delete(id);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn("an attachment could not be deleted: {}", e.getClass().getName());
            return false;
        }
    }

    /** On the connections of the calls that it is for. */
    public AttachmentStore store(Database database) {
        return stores.apply(database);
    }
}
