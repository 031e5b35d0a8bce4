package io.github.counterfoil.internal.json.text;

import java.io.IOException;

/** What takes a JSON value piece by piece, in the order of its text. */
public interface JsonSink {

    void startObject() throws IOException;

    void endObject() throws IOException;

    void startArray() throws IOException;

    void endArray() throws IOException;

    /** Of the member whose value comes next. */
    void name(String name) throws IOException;

    void string(String value) throws IOException;

    /** @param digits as JSON writes the number */
    void number(String digits) throws IOException;

    void bool(boolean value) throws IOException;

    void nothing() throws IOException;

    /** A value of the host's, whose JSON is the host's affair. */
    void hosts(Object value) throws IOException;

    /** A value whose JSON there is already. */
    default void json(String text) throws IOException {
        JsonText.replay(text, this);
    }
}
