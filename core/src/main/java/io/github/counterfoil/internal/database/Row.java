package io.github.counterfoil.internal.database;

import io.github.counterfoil.internal.json.StoredJson;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of an answer, whose columns are read one after another, in the order in which they were selected. */
public interface Row {

    String text();

    /** A text that the rows of an answer often share, and then is one object. */
    String word();

    @Nullable
    String optionalText();

    UUID id();

    int number();

    long largeNumber();

    @Nullable
    Integer optionalNumber();

    boolean flag();

    /** A column that {@link Sent} selected. */
    Instant time();

    /** As {@link #time}. */
    @Nullable
    Instant optionalTime();

    /** A column of JSON, cast to text. */
    StoredJson json();

    /** A column that {@link JsonRows#texts} selected. */
    List<String> texts();

    /** A column that {@link JsonRows#rows} selected. */
    <T> List<T> rows(Function<Row, T> reader);
}
