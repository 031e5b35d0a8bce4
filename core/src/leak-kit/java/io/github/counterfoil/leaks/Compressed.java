package io.github.counterfoil.leaks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipInputStream;

/** Finds gzip, zlib and ZIP in bytes, wherever they begin: a PDF holds many of them. */
final class Compressed {
    private static final int FEWEST = 8;

    private final byte[] bytes;
    private final Budget budget;
    private final Consumer<byte[]> found;

    private Compressed(byte[] bytes, Budget budget, Consumer<byte[]> found) {
        this.bytes = bytes;
        this.budget = budget;
        this.found = found;
    }

    static void each(byte[] bytes, Budget budget, Consumer<byte[]> found) {
        new Compressed(bytes, budget, found).each();
    }

    private void each() {
        boolean unzipped = false;
        for (int at = 0; at + FEWEST <= bytes.length; at++) {
            int first = bytes[at] & 0xff;
            int second = bytes[at + 1] & 0xff;
            if (first == 0x1f && second == 0x8b && bytes[at + 2] == 8 && (bytes[at + 3] & 0xe0) == 0) {
                inflate(at, GZIPInputStream::new);
            } else if (first == 0x78 && (first * 256 + second) % 31 == 0 && (second & 0x20) == 0) {
                inflate(at, InflaterInputStream::new);
            } else if (!unzipped && first == 'P' && second == 'K' && bytes[at + 2] == 3 && bytes[at + 3] == 4) {
                // One reads all entries.
                unzipped = true;
                unzip(at);
            }
        }
    }

    private interface Opening {
        InputStream open(InputStream compressed) throws IOException;
    }

    private void inflate(int at, Opening opening) {
        if (!budget.attempt()) {
            return;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = opening.open(new ByteArrayInputStream(bytes, at, bytes.length - at))) {
            copy(in, out);
        } catch (IOException e) {
            // Something else, or broken off: what was read until here is searched.
        }
        give(out);
    }

    private void unzip(int at) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes, at, bytes.length - at))) {
            for (var entry = in.getNextEntry(); entry != null && budget.step(); entry = in.getNextEntry()) {
                out.writeBytes(entry.getName().getBytes(StandardCharsets.UTF_8));
                give(out);
                out.reset();
                copy(in, out);
                give(out);
                out.reset();
            }
        } catch (IOException | IllegalArgumentException e) {
            give(out);
        }
    }

    private void copy(InputStream in, ByteArrayOutputStream out) throws IOException {
        byte[] part = new byte[8192];
        for (int read = in.read(part); read > 0 && budget.take(read); read = in.read(part)) {
            out.write(part, 0, read);
        }
    }

    private void give(ByteArrayOutputStream out) {
        if (out.size() > 0) {
            found.accept(out.toByteArray());
        }
    }
}
