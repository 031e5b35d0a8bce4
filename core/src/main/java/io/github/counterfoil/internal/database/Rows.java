package io.github.counterfoil.internal.database;

import io.github.counterfoil.internal.json.StoredJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** The rows of an answer, one after another: it stands before the first, and then is the row that {@link #next} went to. */
public final class Rows implements Row {
    private static final int MAX_WORDS = 16;

    private final ResultSet rows;
    private final List<Word> words = new ArrayList<>();
    private boolean several;
    private boolean begun;
    private int column;

    @SuppressWarnings("ArrayRecordComponent")
    private record Word(byte[] bytes, String text) {}

    Rows(ResultSet rows) {
        this.rows = rows;
    }

    /** Goes to the next row. False if there is none. */
    public boolean next() {
        column = 0;
        several = begun;
        begun = true;
        try {
            return rows.next();
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** Whether the next column is null; it stays the next. */
    public boolean isNull() {
        try {
            return rows.getBytes(column + 1) == null;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** Leaves the next columns unread. */
    public void skip(int columns) {
        column += columns;
    }

    @Override
    public String text() {
        return Objects.requireNonNull(optionalText());
    }

    @Override
    public String word() {
        return several ? sharedWord() : text();
    }

    private String sharedWord() {
        try {
            byte[] text = Objects.requireNonNull(rows.getBytes(++column));
            for (Word word : words) {
                if (Arrays.equals(word.bytes(), text)) {
                    return word.text();
                }
            }
            Word word = new Word(text, new String(text, StandardCharsets.UTF_8));
            if (words.size() < MAX_WORDS) {
                words.add(word);
            }
            return word.text();
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public @Nullable String optionalText() {
        try {
            return rows.getString(++column);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public UUID id() {
        return Objects.requireNonNull(optionalId());
    }

    public @Nullable UUID optionalId() {
        try {
            return rows.getObject(++column, UUID.class);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public int number() {
        return Objects.requireNonNull(optionalNumber());
    }

    @Override
    public long largeNumber() {
        return Objects.requireNonNull(optionalLargeNumber());
    }

    public @Nullable Long optionalLargeNumber() {
        try {
            long number = rows.getLong(++column);
            return number == 0 && rows.wasNull() ? null : (Long) number;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public @Nullable Integer optionalNumber() {
        try {
            int number = rows.getInt(++column);
            return number == 0 && rows.wasNull() ? null : (Integer) number;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public boolean flag() {
        try {
            boolean flag = rows.getBoolean(++column);
            if (!flag && rows.wasNull()) {
                throw new NullPointerException();
            }
            return flag;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public Instant time() {
        return Objects.requireNonNull(optionalTime());
    }

    @Override
    public @Nullable Instant optionalTime() {
        try {
            long micros = rows.getLong(++column);
            return micros == 0 && rows.wasNull() ? null : Sent.time(micros);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** In UTF-8, which the driver asks for, as it came. */
    @Override
    public StoredJson json() {
        try {
            return StoredJson.of(Objects.requireNonNull(rows.getBytes(++column)));
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public List<String> texts() {
        return JsonRow.texts(text());
    }

    @Override
    public <T> List<T> rows(Function<Row, T> reader) {
        return JsonRow.rows(text(), reader);
    }

    private static DataAccessException unreadable(SQLException e) {
        return new DataAccessException("a row could not be read", e);
    }
}
