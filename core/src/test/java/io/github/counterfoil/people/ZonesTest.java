package io.github.counterfoil.people;

import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.internal.validation.ZoneRules;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time zones that Java and PostgreSQL read alike. */
@Tag("storage")
class ZonesTest {
    private static final DateTimeFormatter PRINTED = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final People people = team.tickets().people();

    @Test
    void every_region_that_is_taken_is_the_same_time_in_sql_in_summer_and_in_winter() {
        Set<String> known = new TreeSet<>(database.query("select name from pg_timezone_names"));
        known.retainAll(ZoneId.getAvailableZoneIds());
        Set<String> taken =
                known.stream().filter(name -> ZoneRules.named(name).isPresent()).collect(Collectors.toSet());
        assertThat(taken).hasSizeGreaterThan(400).contains("UTC", "Europe/Berlin", "Etc/GMT-2", "Japan");
        assertThat(known).hasSizeLessThan(taken.size() + 20);
        for (String moment : List.of("2024-01-15T12:00:00Z", "2024-07-15T12:00:00Z")) {
            List<String> different = database.query("select n || ' ' || (timestamptz '" + moment
                    + "' at time zone n) from unnest('{" + String.join(",", taken) + "}'::text[]) n");
            different.removeIf(line -> {
                String[] parts = line.split(" ", 2);
                return PRINTED.format(LocalDateTime.ofInstant(Instant.parse(moment), ZoneId.of(parts[0])))
                        .equals(parts[1]);
            });
            assertThat(different).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC+02:00", "GMT-3", "UT+1", "+02:00", "-05:30", "CET", "MET", "SystemV/PST8PDT"})
    void what_postgresql_reads_otherwise_is_refused(String zone) {
        assertThatThrownBy(() -> people.registerWorker(
                        NewWorker.of(JANE, "new@example.com", "New", "Worker").timezone(ZoneId.of(zone))))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(e.faults())
                                .extracting(InvalidInput.Fault::toString)
                                .containsExactly("timezone.ambiguous"));
        assertThatThrownBy(() -> people.updateWorker(JANE, Worker.Changes.none().timezone(ZoneId.of(zone))))
                .isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "Etc/GMT-2", "UTC", "GMT", "Z", "Asia/Kolkata", "Japan"})
    void what_both_read_alike_comes_back(String zone) {
        people.updateWorker(JANE, Worker.Changes.none().timezone(ZoneId.of(zone)));
        Worker jane = people.worker(JANE).orElseThrow();
        assertThat(jane.timezone()).isEqualTo(ZoneId.of(zone));
        assertThat(jane.timezoneName()).isEqualTo(zone);
        String there = database.value("select timestamptz '2024-07-15T12:00:00Z' at time zone timezone "
                + "from counterfoil.workers where email = 'jane@example.com'");
        assertThat(PRINTED.format(LocalDateTime.ofInstant(Instant.parse("2024-07-15T12:00:00Z"), ZoneId.of(zone))))
                .isEqualTo(there);
    }

    @Test
    void utc_as_an_offset_is_utc() {
        people.updateWorker(JANE, Worker.Changes.none().timezone(ZoneOffset.UTC));
        assertThat(people.worker(JANE).orElseThrow().timezone()).isEqualTo(ZoneOffset.UTC);
    }

    /** One that only Java knows, as if the server's tz database were the older one. */
    @Test
    void what_the_server_does_not_know_is_refused_and_nothing_is_stored() {
        database.changeFunction("reads_zone", "now() at time zone p_name", "now() at time zone ('Nowhere/' || p_name)");
        assertThatThrownBy(() -> people.updateWorker(
                        JANE, Worker.Changes.none().skills("api").timezone(ZoneId.of("Europe/Berlin"))))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(e.faults())
                                .extracting(InvalidInput.Fault::toString)
                                .containsExactly("timezone.unknown"));
        assertThat(people.worker(JANE).orElseThrow().skills()).isEmpty();
        people.updateWorker(JANE, Worker.Changes.none().skills("api"));
        assertThat(people.worker(JANE).orElseThrow().skills()).containsExactly("api");
    }

    @Test
    void what_an_import_is_given_is_kept_by_its_name_and_remarked_upon() {
        assertThat(imported("Mars/Olympus_Mons")).containsExactly("timezone.unknown");
        assertThat(imported("UTC+02:00")).containsExactly("timezone.ambiguous");
        assertThat(imported("CET")).containsExactly("timezone.ambiguous");
        assertThat(imported("")).containsExactly("timezone.unknown");
        assertThat(imported("Europe/Berlin")).isEmpty();
    }

    private List<String> imported(String zone) {
        JsonValue document = team.tickets().documents().worker(TOM).orElseThrow();
        try (TestDatabase elsewhere = TestDatabase.withSchema()) {
            JsonValue given = JsonValue.parse(document.text().replace("\"UTC\"", '"' + zone + '"'));
            Imports.Report report =
                    elsewhere.service().documents().importWorkers(List.of(given).iterator());
            Worker tom = elsewhere.service().people().worker(TOM).orElseThrow();
            assertThat(tom.timezoneName()).isEqualTo(zone);
            assertThat(tom.timezone()).isEqualTo(report.remarks().isEmpty() ? ZoneId.of(zone) : null);
            assertThat(elsewhere.service().documents().worker(TOM)).contains(given);
            return report.remarks().stream()
                    .map(remark -> remark.field() + "." + remark.code())
                    .toList();
        }
    }

    @Test
    void an_erased_worker_has_the_zone_of_nobody() {
        people.updateWorker(TOM, Worker.Changes.none().timezone(ZoneId.of("Asia/Tokyo")));
        team.tickets().admin(EVE).deactivate(TOM);
        team.tickets().admin(EVE).erase(TOM);
        assertThat(people.worker(TOM).orElseThrow().timezone()).isEqualTo(ZoneId.of("UTC"));
    }
}
