package io.github.counterfoil.desk;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.json.AsJson;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;

/**
 * The files of one ticket, kept by the {@link io.github.counterfoil.spi.AttachmentStore} of the service: uploaded first, then named by a
 * reply, see {@link io.github.counterfoil.command.Command.Reply#with}. Both methods throw {@link InvalidInput}
 * ({@code attachments.no_store}) where the service has no store.
 *
 * <p>A file is uploaded to a store of the host's outside of the host's transactions alone ({@code connection.in_transaction}): the store
 * knows nothing of a rollback. The store in the database does know: what is uploaded inside is there after the commit and not after a rollback.
 */
public interface Attachments {

    /**
     * Uploads a file for a reply in this ticket of who acts, who alone can name it, once. Nobody can open it before. What no reply names is
     * swept, see {@link AttachmentSweep}. Two round trips and the store's time between them; the bytes are never in memory
     * as a whole.
     *
     * @param name 1 to 255 bytes of UTF-8 in one line, without {@code /} and {@code \}, and neither {@code .} nor {@code ..}
     * @param type a media type such as {@code image/png}, without parameters, at most 127 characters. It is the uploader's word: serve it
     *     with {@code nosniff} and as a download
     * @param content read to its end and not closed; more than the service's limit is {@code content.too_large}
     * @return its id, size and digest as they were measured
     * @throws java.io.UncheckedIOException around what the stream or the store threw, a RuntimeException of theirs also: nothing can name
     *     what had come by then
     * @throws NotAllowed {@code actor.unknown} or {@code actor.blocked}
     * @throws TicketNotFound also if the ticket was purged, the uploader erased, or the upload swept, before all bytes had come
     */
    Attachment add(String name, String type, InputStream content);

    /**
     * A file that a message of this ticket names which who acts may see. Empty for any other: none at all, another ticket's, one
     * that no message names yet, that was redacted or purged. One round trip before the store is asked, a second one if it is
     * empty.
     */
    Optional<Content> open(UUID attachmentId);

    /**
     * What a message says of a file, in its documented {@code attachments}: {@code {"id", "name", "type", "size", "sha256"}}.
     *
     * @param size in bytes
     * @param sha256 64 hexadecimal digits
     */
    record Attachment(UUID id, String name, String type, long size, String sha256) implements AsJson {
        /** Tells nothing of what people typed. */
        @Override
        public String toString() {
            return "Attachment[" + id + "]";
        }
    }

    /**
     * @param stream the store's, to be closed. The store in the database reads 256 KiB at a time, each in a round trip of its own, and throws an
     *     {@link java.io.IOException} where the file was swept meanwhile, or cannot be read any more on the connection of the host's
     *     transaction that it was opened in: read it before that ends
     */
    record Content(Attachment attachment, InputStream stream) {}
}
