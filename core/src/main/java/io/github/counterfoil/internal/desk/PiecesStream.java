package io.github.counterfoil.internal.desk;

import io.github.counterfoil.error.CounterfoilException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/** What lies in pieces, of which one is in memory at a time. */
final class PiecesStream extends InputStream {
    private final IntFunction<Optional<byte[]>> pieces;
    private byte[] piece;
    private int place;
    private int read;
    private boolean closed;

    /** Reads the first piece, so that what is not there is told at once. */
    PiecesStream(IntFunction<Optional<byte[]>> pieces) throws IOException {
        this.pieces = pieces;
        piece = found(pieces.apply(0));
    }

    @Override
    public int read() throws IOException {
        return isOver() ? -1 : piece[read++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (isOver()) {
            return -1;
        }
        int count = Math.min(length, piece.length - read);
        System.arraycopy(piece, read, bytes, offset, count);
        read += count;
        return count;
    }

    @Override
    public int available() {
        return closed ? 0 : piece.length - read;
    }

    @Override
    public void close() {
        closed = true;
        piece = new byte[0];
        read = 0;
    }

    /** Whether nothing comes any more; goes on to the next piece where one ended. */
    private boolean isOver() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (read == PostgresAttachmentStore.PIECE_BYTES) {
            try {
                piece = found(pieces.apply(place + 1));
            } catch (CounterfoilException e) {
                throw new IOException("a piece of an attachment could not be read", e);
            }
            place++;
            read = 0;
        }
        return read == piece.length;
    }

    private static byte[] found(Optional<byte[]> piece) throws IOException {
        return piece.orElseThrow(() -> new IOException("a piece of an attachment is not there"));
    }
}
