package io.github.counterfoil.internal.json.text;

/** Writes a JSON value as text, compact. */
public final class TextSink implements JsonSink {
    private final StringBuilder out;
    private boolean separate;

    public TextSink(StringBuilder out) {
        this(out, false);
    }

    /** @param separate whether something stands there from which what comes first is separated */
    public TextSink(StringBuilder out, boolean separate) {
        this.out = out;
        this.separate = separate;
    }

    @Override
    public void startObject() {
        start('{');
    }

    @Override
    public void endObject() {
        end('}');
    }

    @Override
    public void startArray() {
        start('[');
    }

    @Override
    public void endArray() {
        end(']');
    }

    @Override
    public void name(String name) {
        JsonText.quote(name, next());
        out.append(':');
        separate = false;
    }

    @Override
    public void string(String value) {
        JsonText.quote(value, next());
        separate = true;
    }

    @Override
    public void number(String digits) {
        json(digits);
    }

    @Override
    public void bool(boolean value) {
        json(Boolean.toString(value));
    }

    @Override
    public void nothing() {
        json("null");
    }

    /** @throws IllegalStateException always: nobody here knows how the host writes it */
    @Override
    public void hosts(Object value) {
        throw new IllegalStateException("a " + value.getClass().getName() + " is no value of Counterfoil's");
    }

    @Override
    public void json(String text) {
        next().append(text);
        separate = true;
    }

    private void start(char bracket) {
        next().append(bracket);
        separate = false;
    }

    private void end(char bracket) {
        out.append(bracket);
        separate = true;
    }

    private StringBuilder next() {
        return separate ? out.append(',') : out;
    }

    @Override
    public String toString() {
        return "TextSink[" + out.length() + "]";
    }
}
