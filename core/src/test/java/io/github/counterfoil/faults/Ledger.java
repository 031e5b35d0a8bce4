package io.github.counterfoil.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a host meant to do and what it was told, in a file outside of the database that outlives the host: a line before each
 * try of a call and one after it. Times are of the machine's one monotonic clock.
 */
final class Ledger implements AutoCloseable {
    private static final String TRY = "try";
    private static final String TOLD = "told";

    private final FileChannel file;

    private Ledger(FileChannel file) {
        this.file = file;
    }

    /** Continues a ledger. */
    static Ledger of(Path file) throws IOException {
        return new Ledger(
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE));
    }

    /**
     * A line.
     *
     * @param told null for a try that begins
     */
    record Line(int thread, int n, long nanos, @Nullable Told told) {}

    void begin(Call call) {
        write(TRY + "\t" + call.thread() + "\t" + call.n() + "\t" + System.nanoTime());
    }

    void told(Call call, Told told) {
        write(TOLD + "\t" + call.thread() + "\t" + call.n() + "\t" + System.nanoTime() + "\t" + told.answer() + "\t"
                + told.detail().replaceAll("\\s", " "));
    }

    private synchronized void write(String line) {
        try {
            file.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Line> read(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(Ledger::parse).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Line parse(String text) {
        String[] fields = text.split("\t", -1);
        return new Line(
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                Long.parseLong(fields[3]),
                fields[0].equals(TRY) ? null : new Told(Told.Answer.valueOf(fields[4]), fields[5]));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
