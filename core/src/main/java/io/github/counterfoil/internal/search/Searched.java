package io.github.counterfoil.internal.search;

import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.JsonValue;
import java.util.Collection;

/** The texts of one event, or of what a ticket starts with, by which it is to be found. */
public final class Searched {
    private final Words text = new Words();
    private final Words staff = new Words();

    private Searched() {}

    /** Of an event: seen by whoever sees the event. */
    public static Searched text(String content) {
        Searched searched = new Searched();
        searched.text.add(content, Words.Weight.TEXT);
        return searched;
    }

    public static Searched title(String title) {
        Searched searched = new Searched();
        searched.text.add(title, Words.Weight.TITLE);
        return searched;
    }

    public static Searched description(String description) {
        Searched searched = new Searched();
        searched.text.add(description, Words.Weight.DESCRIPTION);
        return searched;
    }

    /** All that the value holds, for the staff alone. */
    public static Searched value(JsonValue value) {
        Searched searched = new Searched();
        searched.addStaff(value);
        return searched;
    }

    /** What a ticket starts with. */
    public static Searched beginning(String title, String description, Collection<JsonValue> fields) {
        Searched searched = title(title);
        searched.text.add(description, Words.Weight.DESCRIPTION);
        fields.forEach(searched::addStaff);
        return searched;
    }

    private void addStaff(JsonValue value) {
        switch (value.kind()) {
            case STRING -> staff.add(value.string(), Words.Weight.TEXT);
            case NUMBER -> staff.add(value.text(), Words.Weight.TEXT);
            case ARRAY -> value.elements().forEach(this::addStaff);
            case OBJECT -> value.members().values().forEach(this::addStaff);
            default -> {}
        }
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
