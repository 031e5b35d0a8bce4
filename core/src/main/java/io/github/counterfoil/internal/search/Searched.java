package io.github.counterfoil.internal.search;

import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.JsonValue;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The texts of one event, or of what a ticket starts with, by which it is to be found. */
public final class Searched {
    /** What stands in the place of what was redacted: nothing is found by it. */
    private static final String REDACTED = "[redacted]";

    private final Words text = new Words();
    private final Words staff = new Words();

    private Searched() {}

    /** Of an event: seen by whoever sees the event. */
    public static Searched text(String content) {
        Searched searched = new Searched();
        searched.add(content, Words.Weight.TEXT);
        return searched;
    }

    public static Searched title(String title) {
        Searched searched = new Searched();
        searched.add(title, Words.Weight.TITLE);
        return searched;
    }

    public static Searched description(String description) {
        Searched searched = new Searched();
        searched.add(description, Words.Weight.DESCRIPTION);
        return searched;
    }

    /** All that the value holds, for the staff alone. */
    public static Searched value(JsonValue value) {
        Searched searched = new Searched();
        searched.addStaff(value);
        return searched;
    }

    /** What a ticket starts with. */
    public static Searched beginning(String title, String description, Map<String, JsonValue> fields) {
        Searched searched = title(title);
        searched.add(description, Words.Weight.DESCRIPTION);
        searched.addMembers(fields);
        return searched;
    }

    /** What {@code unsearched_source} gave: the same as of what it was stored from. */
    public static Searched source(Map<String, JsonValue> source) {
        Searched searched = new Searched();
        searched.add(source, "title", Words.Weight.TITLE);
        searched.add(source, "description", Words.Weight.DESCRIPTION);
        searched.add(source, "text", Words.Weight.TEXT);
        Stream.of("custom_fields", "field")
                .map(source::get)
                .filter(Objects::nonNull)
                .forEach(searched::addStaff);
        return searched;
    }

    private void add(Map<String, JsonValue> source, String name, Words.Weight weight) {
        JsonValue value = source.get(name);
        if (value != null && value.kind() == JsonValue.Kind.STRING) {
            add(value.string(), weight);
        }
    }

    private void add(String content, Words.Weight weight) {
        if (!content.equals(REDACTED)) {
            text.add(content, weight);
        }
    }

    /** In an order of its own: PostgreSQL keeps none. */
    private void addMembers(Map<String, JsonValue> members) {
        new TreeMap<>(members).values().forEach(this::addStaff);
    }

    private void addStaff(JsonValue value) {
        switch (value.kind()) {
            case STRING -> {
                if (!value.string().equals(REDACTED)) {
                    staff.add(value.string(), Words.Weight.TEXT);
                }
            }
            case NUMBER -> staff.add(value.text(), Words.Weight.TEXT);
            case ARRAY -> value.elements().forEach(this::addStaff);
            case OBJECT -> addMembers(value.members());
            default -> {}
        }
    }

    public boolean isEmpty() {
        return text.isEmpty() && staff.isEmpty();
    }

    /** What the function {@code add_words} takes. */
    public JsonObject words() {
        JsonObject words = new JsonObject();
        if (!text.isEmpty()) {
            words.put("text", text.text());
        }
        if (!staff.isEmpty()) {
            words.put("staff", staff.text());
        }
        return words;
    }

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "Searched[" + text + ", " + staff + "]";
    }
}
