package io.github.counterfoil.internal.desk;

import static io.github.counterfoil.internal.jooq.Tables.ATTACHMENT_PIECE;
import static io.github.counterfoil.internal.jooq.Tables.DELETE_ATTACHMENT_PIECES;
import static io.github.counterfoil.internal.jooq.Tables.PUT_ATTACHMENT_PIECE;

import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.spi.AttachmentStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.UUID;

/** In the database itself, in pieces, each by a statement of its own: no connection is held while the host sends or reads. */
public final class PostgresAttachmentStore implements AttachmentStore {
    static final int PIECE_BYTES = 256 << 10;

    private static final int DELETED_AT_ONCE = 256;

    private final Database database;

    public PostgresAttachmentStore(Database database) {
        this.database = database;
    }

    /** A piece that is shorter than others ends a file, so that one that breaks off is never taken for whole. */
    @Override
    public void put(UUID id, InputStream content) throws IOException {
        byte[] buffer = new byte[PIECE_BYTES];
        int length = PIECE_BYTES;
        for (int place = 0; length == PIECE_BYTES; place++) {
            length = content.readNBytes(buffer, 0, PIECE_BYTES);
            if (!stored(id, place, length == PIECE_BYTES ? buffer : Arrays.copyOf(buffer, length))) {
                // Given up meanwhile, which the uploader is told when all has come.
                content.transferTo(OutputStream.nullOutputStream());
                return;
            }
        }
    }

    private boolean stored(UUID id, int place, byte[] bytes) {
        return database.write((dsl, frame) ->
                        dsl.fetchSingle(PUT_ATTACHMENT_PIECE(id, place, bytes, frame.patience(), frame.durable())))
                .getStored();
    }

    @Override
    public InputStream open(UUID id) throws IOException {
        return new PiecesStream(place -> database.read(dsl -> dsl.select(ATTACHMENT_PIECE.BYTES)
                .from(ATTACHMENT_PIECE)
                .where(ATTACHMENT_PIECE.ATTACHMENT_ID.eq(id))
                .and(ATTACHMENT_PIECE.PLACE.eq(place))
                .fetchOptional(ATTACHMENT_PIECE.BYTES)));
    }

    @Override
    public void delete(UUID id) {
        int deleted = DELETED_AT_ONCE;
        while (deleted == DELETED_AT_ONCE) {
            deleted = database.write((dsl, frame) -> dsl.fetchSingle(
                            DELETE_ATTACHMENT_PIECES(id, DELETED_AT_ONCE, frame.patience(), frame.durable())))
                    .getDeleted();
        }
    }
}
