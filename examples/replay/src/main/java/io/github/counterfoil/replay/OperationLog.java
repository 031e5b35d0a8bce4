package io.github.counterfoil.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A log of operations: one JSON object a line, by rising time, each ticket's first one its creation.
 *
 * @param byTicket the operations of each ticket in their order, tickets in the order of creation
 * @param size the number of operations
 */
record OperationLog(Map<String, List<Operation>> byTicket, int size) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static OperationLog read(Path file) {
        Map<String, List<Operation>> byTicket = new LinkedHashMap<>();
        Instant last = Instant.MIN;
        int number = 0;
        int size = 0;
        for (String line : lines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String place = file.getFileName() + ", line " + number;
            Operation operation = Operation.of(place, json(place, line));
            if (operation.at().isBefore(last)) {
                throw new BadInput(place + ": wrong order, at is before that of an earlier line");
            }
            last = operation.at();
            add(byTicket, operation);
            size++;
        }
        if (size == 0) {
            throw new BadInput(file.getFileName() + ": holds no operation");
        }
        return new OperationLog(byTicket, size);
    }

    private static void add(Map<String, List<Operation>> byTicket, Operation operation) {
        List<Operation> operations = byTicket.get(operation.ticket());
        if (operation.is("create")) {
            if (operations != null) {
                throw new BadInput(operation.place() + ": wrong order, the ticket was created before");
            }
            byTicket.put(operation.ticket(), new ArrayList<>(List.of(operation)));
        } else if (operations == null) {
            throw new BadInput(operation.place() + ": wrong order, the ticket is not created yet");
        } else {
            operations.add(operation);
        }
    }

    private static JsonNode json(String place, String line) {
        try {
            JsonNode json = MAPPER.readTree(line);
            if (!json.isObject()) {
                throw new BadInput(place + ": not a JSON object");
            }
            return json;
        } catch (JsonProcessingException e) {
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw new BadInput(place + ": not valid JSON (column " + column + ")");
        }
    }

    /** Split at line feeds only: texts hold U+2028, U+0085 and other characters at which line readers split. */
    private static List<String> lines(Path file) {
        byte[] content = content(file);
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= content.length; i++) {
            if (i == content.length || content[i] == '\n') {
                if (i > start || i < content.length) {
                    lines.add(decode(file, lines.size() + 1, ByteBuffer.wrap(content, start, i - start)));
                }
                start = i + 1;
            }
        }
        return lines;
    }

    private static String decode(Path file, int number, ByteBuffer line) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(line).toString();
        } catch (CharacterCodingException e) {
            throw new BadInput(file.getFileName() + ", line " + number + ": not UTF-8");
        }
    }

    private static byte[] content(Path file) {
        try {
            byte[] raw = Files.readAllBytes(file);
            boolean zipped = raw.length > 1 && (raw[0] & 0xff) == 0x1f && (raw[1] & 0xff) == 0x8b;
            if (!zipped) {
                return raw;
            }
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(raw))) {
                in.transferTo(content);
            }
            return content.toByteArray();
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
