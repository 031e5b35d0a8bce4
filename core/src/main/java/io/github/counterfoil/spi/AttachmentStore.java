package io.github.counterfoil.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;

/**
 * Keeps the bytes of attachments, outside the database (for inside, see
 * {@link io.github.counterfoil.TicketService.Builder#attachmentsInDatabase}), under ids that Counterfoil makes: 122 random bits, never used twice. Who may see them is decided before
 * the store is asked. All methods are called without a connection or a transaction of Counterfoil's held, by any thread, several at
 * once. What {@code put} and
 * {@code open} throw comes to the caller as an {@link java.io.UncheckedIOException}; what {@code delete} throws is logged by its class.
 */
public interface AttachmentStore {

    /**
     * Keeps all bytes of the stream, to its end; the caller closes it. What was kept half when this throws is given to {@link #delete}
     * later.
     */
    void put(UUID id, InputStream content) throws IOException;

    /** The bytes as they were put, from the first. Who reads them closes the stream. */
    InputStream open(UUID id) throws IOException;

    /** Deletes the bytes, whole or half; nothing where there are none, since it may be asked again. */
    void delete(UUID id) throws IOException;
}
