package io.github.counterfoil.faults;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 64 threads in four JVMs at one ticket. A longer run: {@code -Dcounterfoil.appends=100000},
 * {@code -Dcounterfoil.races=1000}.
 */
class ManyWritersTest {
    private static final int HOSTS = 4;
    private static final int THREADS = HOSTS * Writer.THREADS;
    private static final int APPENDS = Integer.getInteger("counterfoil.appends", 4_000) / THREADS;
    private static final int RACES = Integer.getInteger("counterfoil.races", 20);
    private static final long LIMIT_SECONDS = 60 + Integer.getInteger("counterfoil.appends", 0) / 50;

    @TempDir
    private Path folder;

    private TestDatabase database;
    private UUID id;

    @BeforeEach
    void open() {
        database = TestDatabase.withSchema();
        id = SupportTeam.in(database).ticket();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void none_of_many_events_is_lost_the_numbers_have_no_gap_and_time_never_runs_backwards() {
        assertThat(play(Writer.APPEND, APPENDS)).isEqualTo(APPENDS * THREADS);
        assertThat(database.value(
                        "select count(*) || ' ' || count(distinct body ->> 'content') || ' ' || min(seq) || ' '"
                                + " || max(seq) from counterfoil.ticket_event"))
                .isEqualTo("%1$d %1$d 1 %1$d".formatted(APPENDS * THREADS));
        assertThat(database.value("select last_seq from counterfoil.ticket")).isEqualTo("" + APPENDS * THREADS);
        assertThat(database.query(
                        "select seq from (select seq, created_at, lag(created_at) over (order by seq) as before"
                                + " from counterfoil.ticket_event) as e where created_at <= before"))
                .isEmpty();
        Map<String, Integer> next = new HashMap<>();
        database.query("select body ->> 'content' from counterfoil.ticket_event order by seq")
                .forEach(text -> {
                    String writer = text.substring(0, text.indexOf('/'));
                    assertThat(text).isEqualTo(writer + "/" + (next.merge(writer, 1, Integer::sum) - 1));
                });
        assertThat(next).hasSize(THREADS);
    }

    @Test
    void of_all_who_expect_one_version_one_is_first() {
        assertThat(play(Writer.RACE, RACES)).isEqualTo(RACES);
        assertThat(database.value("select last_seq from counterfoil.ticket")).isEqualTo("" + RACES);
    }

    /** How many calls were applied in all. */
    private int play(String what, int count) {
        List<HostProcess> writers = new ArrayList<>();
        try {
            IntStream.range(0, HOSTS)
                    .forEach(n -> writers.add(HostProcess.start(
                            Writer.class,
                            folder.resolve("errors-" + n),
                            what,
                            database.url(),
                            JANE.toString(),
                            id.toString(),
                            "" + n,
                            "" + count)));
            writers.forEach(writer -> assertThat(writer.answer(LIMIT_SECONDS)).isEqualTo("ready"));
            writers.forEach(writer -> writer.say("go"));
            return writers.stream()
                    .mapToInt(writer -> Integer.parseInt(writer.answer(LIMIT_SECONDS)))
                    .sum();
        } finally {
            writers.forEach(HostProcess::close);
        }
    }
}
