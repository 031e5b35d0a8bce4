package io.github.counterfoil.plain;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers {@code GET} and {@code POST} of {@code /tickets} with JSON, to either side what its desk answers. */
final class Answers implements HttpHandler {
    private static final Pattern TICKET = Pattern.compile("/tickets/([0-9a-f-]{36})(/history|/commands)?");
    private static final PageRequest PAGE = PageRequest.newestFirst(50);
    private static final int MOST_BYTES = 1 << 20;

    private final TicketService tickets;
    private final Map<String, Visitor> visitors;
    private final Calls calls;

    Answers(TicketService tickets, Map<String, Visitor> visitors, Calls calls) {
        this.tickets = tickets;
        this.visitors = visitors;
        this.calls = calls;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (!calls.begin()) {
            exchange.getResponseHeaders().set("Connection", "close");
            send(exchange, 503, "{\"code\":\"closing\"}");
            return;
        }
        try {
            answer(exchange);
        } finally {
            calls.end();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        Visitor visitor = visitors.get(token == null ? "" : token.replaceFirst("^Bearer ", ""));
        if (visitor == null) {
            send(exchange, 401, "{\"code\":\"unknown\"}");
            return;
        }
        try {
            String path = exchange.getRequestURI().getPath();
            AsJson found = exchange.getRequestMethod().equals("GET")
                    ? read(visitor, path)
                    : write(visitor, path, commandId(exchange), body(exchange));
            send(exchange, 200, found.json().text());
        } catch (CounterfoilException e) {
            send(exchange, status(e), problem(e).text());
        } catch (NoSuchElementException e) {
            send(exchange, 404, "{\"code\":\"path\"}");
        } catch (UnsupportedOperationException e) {
            send(exchange, 405, "{\"code\":\"method\"}");
        } catch (IllegalArgumentException e) {
            send(exchange, 400, "{\"code\":\"request\"}");
        }
    }

    private AsJson read(Visitor visitor, String path) {
        if (path.equals("/tickets")) {
            return visitor.agent()
                    ? tickets.agent(visitor.id()).find(TicketQuery.unsolved(), PAGE)
                    : tickets.customer(visitor.id()).find(TicketQuery.all(), PAGE);
        }
        Matcher ticket = matched(path);
        if ("/commands".equals(ticket.group(2))) {
            throw new UnsupportedOperationException("commands are sent");
        }
        UUID id = UUID.fromString(ticket.group(1));
        boolean history = "/history".equals(ticket.group(2));
        if (visitor.agent()) {
            AgentDesk desk = tickets.agent(visitor.id());
            return history ? desk.on(id).history(PAGE) : desk.on(id).ticket();
        }
        CustomerDesk desk = tickets.customer(visitor.id());
        return history ? desk.on(id).history(PAGE) : desk.on(id).ticket();
    }

    private AsJson write(Visitor visitor, String path, UUID commandId, JsonValue body) {
        if (path.equals("/tickets") && !visitor.agent()) {
            return tickets.customer(visitor.id()).open(NewTicket.fromJson(body), commandId);
        }
        Matcher ticket = matched(path);
        if (!"/commands".equals(ticket.group(2))) {
            throw new UnsupportedOperationException("commands are sent to /commands");
        }
        if (body.kind() != JsonValue.Kind.ARRAY) {
            throw new IllegalArgumentException("no array of commands");
        }
        UUID id = UUID.fromString(ticket.group(1));
        return visitor.agent()
                ? tickets.agent(visitor.id())
                        .on(id)
                        .once(commandId)
                        .apply(body.elements().stream().map(Command::fromJson).toList())
                : tickets.customer(visitor.id())
                        .on(id)
                        .once(commandId)
                        .apply(body.elements().stream()
                                .map(CustomerCommand::fromJson)
                                .toList());
    }

    private static Matcher matched(String path) {
        Matcher ticket = TICKET.matcher(path);
        if (!ticket.matches()) {
            throw new NoSuchElementException(path);
        }
        return ticket;
    }

    /** Made by the caller, once for what they want: sent again, it is stored once. */
    private static UUID commandId(HttpExchange exchange) {
        @Nullable String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (key == null) {
            throw new IllegalArgumentException("no Idempotency-Key");
        }
        return UUID.fromString(key);
    }

    private static JsonValue body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new IllegalArgumentException("too large");
        }
        try {
            return JsonValue.parse(new String(body, StandardCharsets.UTF_8));
        } catch (InvalidInput e) {
            throw new IllegalArgumentException("no JSON", e);
        }
    }

    private static int status(CounterfoilException e) {
        if (e instanceof InvalidInput) {
            return 422;
        } else if (e instanceof TicketNotFound) {
            return 404;
        } else if (e instanceof NotAllowed) {
            return 403;
        } else if (e instanceof Conflict || e instanceof CommandIdReused) {
            return 409;
        }
        return e instanceof Unavailable || e instanceof OutcomeUnknown ? 503 : 500;
    }

    private static JsonValue problem(CounterfoilException e) {
        JsonValue code = JsonValue.of(e.code());
        if (!(e instanceof InvalidInput invalid)) {
            return JsonValue.ofObject(Map.of("code", code));
        }
        List<JsonValue> faults = invalid.faults().stream()
                .map(fault -> JsonValue.of(fault.field() + " " + fault.code()))
                .toList();
        return JsonValue.ofObject(Map.of("code", code, "faults", JsonValue.ofArray(faults)));
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
