package io.github.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What the documentation shows of JSON. */
class JsonExamplesTest {

    @Test
    void values_go_out_and_come_in() throws Exception {
        // region: out-and-in
        Command command = Command.changeStatus(TicketStatus.PENDING);
        String json = command.json().text(); // {"command":"change-status","status":"pending"}
        Command again = Command.fromJson(JsonValue.parse(json)); // equal

        JsonMapper jackson3 = JsonMapper.builder().build(); // as your framework made it, or Jackson 2's ObjectMapper
        jackson3.writeValueAsString(command); // the same
        NewTicket ticket = jackson3.readValue("{\"title\": \"Fire\", \"description\": \"It burns.\"}", NewTicket.class);
        // endregion

        assertThat(json).isEqualTo("{\"command\":\"change-status\",\"status\":\"pending\"}");
        assertThat(jackson3.writeValueAsString(command)).isEqualTo(json);
        assertThat(again).isEqualTo(command);
        assertThat(ticket).isEqualTo(NewTicket.of("Fire", "It burns."));
    }

    @Test
    void what_is_wrong_is_told_together() {
        JsonMapper mapper = JsonMapper.builder().build();
        List<String> lines = new ArrayList<>();
        // region: refused
        try {
            mapper.readValue(
                    "{\"command\": \"rate\", \"rating\": \"five\", \"commment\": \"Good\"}", CustomerCommand.class);
        } catch (JacksonException e) {
            for (InvalidInput.Fault fault : ((InvalidInput) e.getCause()).faults()) {
                lines.add(fault.field() + " " + fault.code()); // rating not_a_number, value unknown_member
            }
        }
        // endregion
        assertThat(lines).containsExactly("rating not_a_number", "value unknown_member");
    }
}
