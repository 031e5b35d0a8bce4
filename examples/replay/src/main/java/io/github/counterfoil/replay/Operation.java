package io.github.counterfoil.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One line of a log.
 *
 * @param place the file and the line, for messages
 * @param ticket the ticket's key
 * @param by the actor's key
 * @param name which operation
 * @param json the whole line, for the members that are the operation's own
 */
record Operation(String place, String ticket, Instant at, String by, Role role, String name, JsonNode json) {
    private static final Set<String> NAMES = Set.of(
            "create", "status", "field-added", "field-removed", "assign", "unassign", "note", "message", "priority");

    static Operation of(String place, JsonNode json) {
        String name = text(place, json, "op");
        if (!NAMES.contains(name)) {
            throw new BadInput(place + ": unknown op");
        }
        return new Operation(
                place,
                key(place, json, "t"),
                time(place, text(place, json, "at")),
                key(place, json, "by"),
                constant(place, json, "role", Role.values(), Role::wireName),
                name,
                json);
    }

    boolean is(String operation) {
        return name.equals(operation);
    }

    boolean byCustomer() {
        return role == Role.CUSTOMER;
    }

    String text(String member) {
        return text(place, json, member);
    }

    /** The key of who is assigned or no longer assigned. */
    String agent() {
        return key(place, json, "agent");
    }

    TicketStatus status(String member) {
        return constant(place, json, member, TicketStatus.values(), TicketStatus::wireName);
    }

    Priority priority(String member) {
        return constant(place, json, member, Priority.values(), Priority::wireName);
    }

    /** A field's value: a string in most logs, and any JSON value. */
    JsonValue value(String member) {
        JsonNode value = json.get(member);
        if (value == null) {
            throw new BadInput(place + ": " + member + " is missing");
        }
        return JsonValue.parse(value.toString());
    }

    List<String> tags() {
        List<String> tags = new ArrayList<>();
        json.path("tags").forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    private static String key(String place, JsonNode json, String member) {
        String text = text(place, json, member);
        if (text.isEmpty()) {
            throw new BadInput(place + ": " + member + " is empty");
        }
        // Ids are made from the bytes of keys, and half a character has none of its own.
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new BadInput(place + ": " + member + " is not Unicode text");
        }
        return text;
    }

    private static String text(String place, JsonNode json, String member) {
        JsonNode value = json.get(member);
        if (value == null || !value.isTextual()) {
            throw new BadInput(place + ": " + member + (value == null ? " is missing" : " is not a string"));
        }
        return value.textValue();
    }

    private static Instant time(String place, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new BadInput(place + ": at is not a time like 2016-02-29T01:16:00Z");
        }
    }

    private static <E> E constant(
            String place, JsonNode json, String member, E[] constants, Function<E, String> wireName) {
        String text = text(place, json, member);
        return Arrays.stream(constants)
                .filter(constant -> wireName.apply(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new BadInput(place + ": " + member + " is none of "
                        + Arrays.stream(constants).map(wireName).toList()));
    }
}
