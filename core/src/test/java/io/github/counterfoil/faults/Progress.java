package io.github.counterfoil.faults;

import io.github.counterfoil.testing.Waiting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks into ledgers while they are written. */
final class Progress {
    private final List<Path> ledgers;
    private final Map<Path, Long> read = new HashMap<>();
    private long latest = Long.MIN_VALUE;

    Progress(List<Path> ledgers) {
        this.ledgers = List.copyOf(ledgers);
    }

    /** How long it took, from a moment on, until a call succeeded; the limit if none did. */
    Duration firstSuccessAfter(long nanos, Duration limit) {
        boolean found = Waiting.until(limit, () -> {
            ledgers.forEach(this::look);
            return latest > nanos;
        });
        return found ? Duration.ofNanos(latest - nanos) : limit;
    }

    private void look(Path ledger) {
        if (!Files.exists(ledger)) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(ledger.toFile(), "r")) {
            long from = read.getOrDefault(ledger, 0L);
            byte[] news = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(news);
            String text = new String(news, StandardCharsets.UTF_8);
            int whole = text.lastIndexOf('\n') + 1;
            read.put(ledger, from + text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
            text.substring(0, whole).lines().map(Ledger::parse).forEach(line -> {
                if (line.told() != null && line.told().answer() == Told.Answer.DONE) {
                    latest = Math.max(latest, line.nanos());
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
