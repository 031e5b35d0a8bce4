package io.github.counterfoil.webdesk.rest;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.InvalidInput.Fault;
import io.github.counterfoil.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A list of commands as it was sent: what is wrong with any of them is told at once, and with which. */
final class SentCommands {
    private static final int MOST_FAULTS = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]{1,40}");

    private SentCommands() {}

    // region: commands
    /** @throws InvalidInput all faults of all commands, each as {@code commands[1].text} */
    static <C> List<C> read(JsonValue body, Function<JsonValue, C> reader) {
        if (body.kind() != JsonValue.Kind.ARRAY) {
            throw new InvalidInput("commands", "not_an_array", null);
        }
        List<C> commands = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < body.elements().size() && faults.size() < MOST_FAULTS; i++) {
            JsonValue sent = body.elements().get(i);
            String place = "commands[" + i + "]";
            try {
                commands.add(reader.apply(sent));
            } catch (InvalidInput e) {
                for (Fault fault : e.faults()) {
                    fields(fault, sent, reader)
                            .forEach(field -> faults.add(new Fault(place + field, fault.code(), fault.limit())));
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return commands;
    }
    // endregion

    private static Stream<String> fields(Fault fault, JsonValue sent, Function<JsonValue, ?> reader) {
        if (!fault.field().equals("value")) {
            return Stream.of("." + fault.field());
        } else if (!fault.code().equals("unknown_member")) {
            return Stream.of("");
        }
        return sent.members().entrySet().stream()
                .filter(member -> unknown(member, sent.members().get("command"), reader))
                .map(member -> NAME.matcher(member.getKey()).matches() ? "." + member.getKey() : "")
                .distinct()
                .limit(MOST_FAULTS);
    }

    /** Whether the command does not have this member: it is asked with no other. */
    private static boolean unknown(
            Map.Entry<String, JsonValue> member, JsonValue command, Function<JsonValue, ?> reader) {
        if (member.getKey().equals("command")) {
            return false;
        }
        try {
            reader.apply(JsonValue.ofObject(Map.of("command", command, member.getKey(), member.getValue())));
            return false;
        } catch (InvalidInput e) {
            return e.faults().stream().anyMatch(fault -> fault.code().equals("unknown_member"));
        }
    }
}
