package io.github.counterfoil.internal.people;

import static io.github.counterfoil.internal.jooq.Tables.DESK_FIGURES;
import static io.github.counterfoil.internal.jooq.Tables.WORKER_FIGURES;

import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.jooq.tables.DeskFiguresTable;
import io.github.counterfoil.internal.jooq.tables.WorkerFiguresTable;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.MomentRules;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.people.Figures;
import io.github.counterfoil.people.Worker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Figures, made by functions of the schema. */
public final class PostgresFigures implements Figures {
    /** Whose beginnings and ends are moments in each zone that there is. */
    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 3);

    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 28);
    private static final int MOST_DAYS = 366;

    private final Database database;
    private final @Nullable Access reader;

    /** @param reader who asks; null for the host itself */
    public PostgresFigures(Database database, @Nullable Access reader) {
        this.database = database;
        this.reader = reader;
    }

    @Override
    public Worker.Figures worker(UUID workerId, Instant from, Instant to) {
        Faults faults = new Faults();
        faults.require("worker_id", workerId);
        faults.add("from", MomentRules.moment(from));
        faults.add("to", MomentRules.moment(to));
        faults.add("range", from != null && to != null && to.isBefore(from) ? Problem.of("invalid") : null);
        faults.throwIfAny();
        WorkerFiguresTable figures = WORKER_FIGURES(workerId, from, to);
        List<Worker.Figures> found = read(
                figures,
                List.of(
                        figures.OPEN_LOAD,
                        figures.RESOLVED,
                        bits(figures.RESOLUTION_MEDIAN),
                        bits(figures.RESOLUTION_90TH),
                        bits(figures.FIRST_RESPONSE_MEDIAN),
                        bits(figures.AVERAGE_RATING)),
                row -> new Worker.Figures(
                        row.get(figures.OPEN_LOAD),
                        row.get(figures.RESOLVED),
                        duration(row, figures.RESOLUTION_MEDIAN),
                        duration(row, figures.RESOLUTION_90TH),
                        duration(row, figures.FIRST_RESPONSE_MEDIAN),
                        number(row, figures.AVERAGE_RATING)));
        return found.stream().findFirst().orElseThrow(() -> new PersonNotFound("worker", workerId));
    }

    @Override
    public List<Day> days(LocalDate first, LocalDate last, ZoneId zone) {
        Faults faults = new Faults();
        faults.add("first", day(first));
        faults.add("last", day(last));
        faults.require("zone", zone);
        if (first != null && last != null) {
            long days = ChronoUnit.DAYS.between(first, last) + 1;
            faults.add(
                    "range",
                    days < 1 ? Problem.of("invalid") : days > MOST_DAYS ? Problem.of("too_long", MOST_DAYS) : null);
        }
        faults.throwIfAny();
        OffsetDateTime[] bounds = LongStream.rangeClosed(0, ChronoUnit.DAYS.between(first, last) + 1)
                .mapToObj(n -> first.plusDays(n).atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
        DeskFiguresTable figures = DESK_FIGURES(bounds);
        return read(
                figures,
                List.of(
                        figures.DAY,
                        figures.OPENED,
                        figures.CLOSED,
                        figures.REOPENED,
                        figures.BACKLOG,
                        figures.RESPONSES,
                        bits(figures.RESPONSE_MEDIAN),
                        bits(figures.RESPONSE_90TH),
                        bits(figures.RESOLUTION_MEDIAN),
                        bits(figures.RESOLUTION_90TH),
                        figures.RATINGS,
                        bits(figures.AVERAGE_RATING)),
                row -> new Day(
                        first.plusDays(row.get(figures.DAY) - 1L),
                        row.get(figures.OPENED),
                        row.get(figures.CLOSED),
                        row.get(figures.REOPENED),
                        row.get(figures.BACKLOG),
                        row.get(figures.RESPONSES),
                        duration(row, figures.RESPONSE_MEDIAN),
                        duration(row, figures.RESPONSE_90TH),
                        duration(row, figures.RESOLUTION_MEDIAN),
                        duration(row, figures.RESOLUTION_90TH),
                        row.get(figures.RATINGS),
                        number(row, figures.AVERAGE_RATING)));
    }

    private static @Nullable Problem day(@Nullable LocalDate day) {
        return day == null
                ? Problem.of("required")
                : Problem.range(day.toEpochDay(), FIRST_DAY.toEpochDay(), LAST_DAY.toEpochDay());
    }

    private interface Reading<T> {
        T of(Record row);
    }

    private <T> List<T> read(Table<?> figures, List<Field<?>> columns, Reading<T> reading) {
        return database.read(dsl -> {
            List<T> found =
                    dsl.select(columns).from(NamePages.readBy(figures, reader)).fetch(row -> reading.of(row));
            if (found.isEmpty() && reader != null) {
                reader.requireActor(dsl);
            }
            return found;
        });
    }

    /** As a text a number has as many digits as the session says. */
    private static Field<byte[]> bits(Field<Double> number) {
        return DSL.function("float8send", SQLDataType.BLOB, number).as(number.getName());
    }

    private static Optional<Duration> duration(Record row, Field<Double> seconds) {
        OptionalDouble number = number(row, seconds);
        return number.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.of(Math.round(number.getAsDouble() * 1_000_000), ChronoUnit.MICROS));
    }

    private static OptionalDouble number(Record row, Field<Double> column) {
        byte[] bits = row.get(column.getName(), byte[].class);
        return bits == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(ByteBuffer.wrap(bits).getDouble());
    }
}
