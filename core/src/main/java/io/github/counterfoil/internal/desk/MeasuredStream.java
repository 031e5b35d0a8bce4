package io.github.counterfoil.internal.desk;

import io.github.counterfoil.internal.digest.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Measures what is read through it, and ends where it becomes too much. */
final class MeasuredStream extends FilterInputStream {
    private static final int SKIPPED_AT_ONCE = 8192;

    private final MessageDigest digest = Digest.sha256();
    private final long mostBytes;
    private long size;

    MeasuredStream(InputStream content, long mostBytes) {
        super(content);
        this.mostBytes = mostBytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        size += Math.max(0, count);
        // Also to a store that was told before and reads on.
        if (isTooLarge()) {
            throw new IOException("more than " + mostBytes + " bytes");
        }
        if (count > 0) {
            digest.update(bytes, offset, count);
        }
        return count;
    }

    /** What is skipped is measured too. */
    @Override
    public long skip(long count) throws IOException {
        int read = read(new byte[SKIPPED_AT_ONCE], 0, (int) Math.max(0, Math.min(count, SKIPPED_AT_ONCE)));
        return Math.max(0, read);
    }

    /** Nothing is measured twice. */
    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void mark(int readLimit) {}

    @Override
    public void reset() throws IOException {
        throw new IOException("mark and reset are not supported");
    }

    /** The stream is the caller's to close. */
    @Override
    public void close() {}

    boolean isTooLarge() {
        return size > mostBytes;
    }

    long size() {
        return size;
    }

    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
