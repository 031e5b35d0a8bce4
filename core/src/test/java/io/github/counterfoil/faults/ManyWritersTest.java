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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 64 threads in four JVMs at one ticket. A longer run: {@code -Dcounterfoil.appends=100000},
 * {@code -Dcounterfoil.races=1000}.
 */
class ManyWritersTest {
    private static final int HOSTS = 4;
    private static final int THREADS = HOSTS * Writer.THREADS;
    private static final int APPENDS = (Integer.getInteger("counterfoil.appends", 1_500) + THREADS - 1) / THREADS;
    private static final int RACES = Integer.getInteger("counterfoil.races", 20);
    private static final long LIMIT_SECONDS = 60 + Integer.getInteger("counterfoil.appends", 0) / 50;

    @TempDir
    private static Path folder;

    private static final List<HostProcess> writers = new ArrayList<>();
    private static TestDatabase database;
    private static SupportTeam team;

    @BeforeAll
    static void open() {
        database = TestDatabase.withSchema();
        team = SupportTeam.in(database);
        IntStream.range(0, HOSTS)
                .forEach(n -> writers.add(HostProcess.start(
                        Writer.class, folder.resolve("errors-" + n), database.url(), JANE.toString(), "" + n)));
        writers.forEach(writer -> assertThat(writer.answer(LIMIT_SECONDS)).isEqualTo("ready"));
    }

    @AfterAll
    static void close() {
        writers.forEach(HostProcess::close);
        database.close();
    }

    @Test
    void none_of_many_events_is_lost_the_numbers_have_no_gap_and_time_never_runs_backwards() {
        UUID id = team.ticket();
        String events = "counterfoil.ticket_event where ticket_id = '" + id + "'";
        assertThat(play(Writer.APPEND, id, APPENDS)).isEqualTo(APPENDS * THREADS);
        assertThat(database.value(
                        "select count(*) || ' ' || count(distinct body ->> 'content') || ' ' || min(seq) || ' '"
                                + " || max(seq) from " + events))
                .isEqualTo("%1$d %1$d 1 %1$d".formatted(APPENDS * THREADS));
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(APPENDS * THREADS);
        assertThat(database.query(
                        "select seq from (select seq, created_at, lag(created_at) over (order by seq) as before"
                                + " from " + events + ") as e where created_at <= before"))
                .isEmpty();
        Map<String, Integer> next = new HashMap<>();
        database.query("select body ->> 'content' from " + events + " order by seq")
                .forEach(text -> {
                    String writer = text.substring(0, text.indexOf('/'));
                    assertThat(text).isEqualTo(writer + "/" + (next.merge(writer, 1, Integer::sum) - 1));
                });
        assertThat(next).hasSize(THREADS);
        System.out.printf(
                "appends: %,d by %d threads in %d JVMs on one ticket, none lost, no gap, time never backwards%n",
                APPENDS * THREADS, THREADS, HOSTS);
    }

    @Test
    void of_all_who_expect_one_version_one_is_first() {
        UUID id = team.ticket();
        assertThat(play(Writer.RACE, id, RACES)).isEqualTo(RACES);
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(RACES);
        System.out.printf("races: %,d of %d threads in %d JVMs, one winner each%n", RACES, THREADS, HOSTS);
    }

    /** How many calls were applied in all. */
    private static int play(String what, UUID ticket, int count) {
        writers.forEach(writer -> writer.say(what + " " + ticket + " " + count));
        return writers.stream()
                .mapToInt(writer -> Integer.parseInt(writer.answer(LIMIT_SECONDS)))
                .sum();
    }
}
