package io.github.counterfoil.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is in the database of a log's tickets, read back from the documented views {@code tickets} and {@code workers}.
 */
final class Result {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** By code points: UTF-8 sorts so, while {@code String.compareTo} sorts by UTF-16. */
    private static final Comparator<String> BY_CODE_POINT =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private final Identities identities;
    private final Map<String, Map<String, Long>> counts = new TreeMap<>();
    private final Map<String, String> stateLines = new TreeMap<>(BY_CODE_POINT);
    private final Map<String, String> historyLines = new TreeMap<>(BY_CODE_POINT);
    private long tickets;
    private long events;
    private long reopenings;
    private long reopenedTickets;
    private long assignedTickets;
    private long closingsWithoutAssignee;

    private Result(Identities identities) {
        this.identities = identities;
    }

    static ObjectNode read(Connection connection, String schema, Identities identities) throws SQLException {
        Result result = new Result(identities);
        connection.setAutoCommit(false);
        Array ids = connection.createArrayOf("uuid", identities.ticketIds().toArray());
        try (PreparedStatement statement = connection.prepareStatement(
                "select id, status, priority, custom_fields, ticket_history, assigned_to, source_channel, created_at,"
                        + " updated_at from \"" + schema + "\".tickets where id = any (?)")) {
            statement.setArray(1, ids);
            statement.setFetchSize(500);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    result.addTicket(rows);
                }
            }
        }
        ObjectNode json = result.json();
        result.addWorkers(connection, schema, ids, json);
        connection.rollback();
        json.put("state_sha256", sha256(result.stateLines.values()));
        json.put("history_sha256", sha256(result.historyLines.values()));
        return json;
    }

    private void addTicket(ResultSet row) throws SQLException {
        String key = identities.key(row.getObject("id", UUID.class));
        JsonNode history = json(row.getString("ticket_history")).get("events");
        String status = row.getString("status");
        tickets++;
        count("final_status", status);
        count("final_priority", row.getString("priority"));
        count("channels", row.getString("source_channel"));
        List<String> assignees = new ArrayList<>();
        json(row.getString("assigned_to"))
                .forEach(worker -> assignees.add(key(worker.get("id").textValue())));
        assignedTickets += assignees.isEmpty() ? 0 : 1;
        String fields = fields(json(row.getString("custom_fields")));
        addEvents(key, history);
        stateLines.put(
                key,
                String.join(
                                "|",
                                key,
                                status,
                                row.getString("priority"),
                                sortedByCodePoint(assignees).stream().collect(Collectors.joining(",")),
                                fields,
                                Integer.toString(history.size()),
                                time(row.getObject("created_at", OffsetDateTime.class)
                                        .toInstant()),
                                time(row.getObject("updated_at", OffsetDateTime.class)
                                        .toInstant()))
                        + "\n");
    }

    private String fields(JsonNode fields) {
        List<String> names = new ArrayList<>();
        fields.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> count("custom_fields_present_at_end", name));
        return sortedByCodePoint(names).stream()
                .map(name -> name + "=" + plain(fields.get(name)))
                .collect(Collectors.joining(";"));
    }

    private void addEvents(String ticketKey, JsonNode history) {
        MessageDigest digest = newDigest();
        int assigned = 0;
        int reopened = 0;
        for (JsonNode event : history) {
            String type = event.get("type").textValue();
            String oldValue = plain(event.path("old_value"));
            String newValue = plain(event.path("new_value"));
            events++;
            count("events_by_type", type);
            count("events_by_role", event.get("role").textValue());
            switch (type) {
                case "status-update" -> {
                    count("status_transitions", oldValue + ">" + newValue);
                    reopened += oldValue.equals("closed") ? 1 : 0;
                    closingsWithoutAssignee += newValue.equals("closed") && assigned == 0 ? 1 : 0;
                }
                case "priority-update" -> count("priority_transitions", oldValue + ">" + newValue);
                case "assignment-added" -> assigned++;
                case "assignment-removed" -> assigned--;
                default -> {}
            }
            digest.update(line(event, type, oldValue, newValue).getBytes(StandardCharsets.UTF_8));
        }
        reopenings += reopened;
        reopenedTickets += reopened > 0 ? 1 : 0;
        historyLines.put(ticketKey, ticketKey + "|" + HexFormat.of().formatHex(digest.digest()) + "\n");
    }

    private String line(JsonNode event, String type, String oldValue, String newValue) {
        Instant at = OffsetDateTime.parse(event.get("created_at").textValue()).toInstant();
        JsonNode agent = event.get("agent_id");
        return String.join(
                        "|",
                        type,
                        time(at),
                        key(event.get("created_by_uuid").textValue()),
                        event.get("role").textValue(),
                        plain(event.path("field_name")),
                        oldValue,
                        newValue,
                        agent == null ? "" : key(agent.textValue()),
                        plain(event.path("content")))
                + "\n";
    }

    private ObjectNode json() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("tickets", tickets);
        json.put("events_total", events);
        for (String name : List.of(
                "events_by_type",
                "events_by_role",
                "final_status",
                "final_priority",
                "status_transitions",
                "priority_transitions",
                "channels",
                "custom_fields_present_at_end")) {
            ObjectNode object = json.putObject(name);
            counts.getOrDefault(name, Map.of()).forEach(object::put);
        }
        json.put("reopen_events", reopenings);
        json.put("tickets_reopened", reopenedTickets);
        json.put("tickets_assigned_at_end", assignedTickets);
        json.put("closings_without_assignee", closingsWithoutAssignee);
        return json;
    }

    private void addWorkers(Connection connection, String schema, Array ids, ObjectNode json) throws SQLException {
        addTop(json.putArray("top_resolvers"), connection, """
                select w.id, count(*) as n from "%s".workers w, jsonb_array_elements(w.ticket_history) r
                where (r ->> 'ticket_id')::uuid = any (?) group by w.id
                """.formatted(schema), ids);
        addTop(json.putArray("top_open_load"), connection, """
                select w.id, count(*) as n from "%s".workers w, unnest(w.assigned_tickets) a (assigned_id)
                where a.assigned_id = any (?) group by w.id
                """.formatted(schema), ids);
        // A live replay sets events of one second microseconds apart: whole seconds are what the log knows.
        try (PreparedStatement statement = connection.prepareStatement("""
                select
                  (select count(*) from "%1$s".workers w, unnest(w.assigned_tickets) as a (assigned_id)
                   where a.assigned_id = any (?)) as open_load,
                  count(*) as records,
                  coalesce(sum(round(extract(epoch from (r ->> 'resolution_time')::interval))), 0)::bigint as seconds
                from "%1$s".workers w, jsonb_array_elements(w.ticket_history) r
                where (r ->> 'ticket_id')::uuid = any (?)
                """.formatted(schema))) {
            statement.setArray(1, ids);
            statement.setArray(2, ids);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                json.put("resolved_records_total", row.getLong("records"));
                json.put("resolution_seconds_since_last_assignment", row.getLong("seconds"));
                json.put("assigned_and_not_closed_at_end", row.getLong("open_load"));
            }
        }
    }

    /** The five with the most, by key where they have the same. */
    private void addTop(ArrayNode array, Connection connection, String sql, Array ids) throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, ids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(identities.key(rows.getObject("id", UUID.class)), rows.getLong("n"));
                }
            }
        }
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(BY_CODE_POINT)))
                .limit(5)
                .forEach(entry -> array.addArray().add(entry.getKey()).add(entry.getValue()));
    }

    private String key(String id) {
        return identities.key(UUID.fromString(id));
    }

    private void count(String name, String value) {
        counts.computeIfAbsent(name, unused -> new TreeMap<>()).merge(value, 1L, Long::sum);
    }

    private static JsonNode json(String text) throws SQLException {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new SQLException("PostgreSQL gave no JSON", e);
        }
    }

    private static String plain(JsonNode value) {
        return value.isMissingNode() ? "" : value.isTextual() ? value.textValue() : value.toString();
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static List<String> sortedByCodePoint(List<String> texts) {
        return texts.stream().sorted(BY_CODE_POINT).toList();
    }

    private static String sha256(Collection<String> lines) {
        MessageDigest digest = newDigest();
        lines.forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
