package io.github.counterfoil.internal.json.jackson;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.json.text.JsonAccess;
import io.github.counterfoil.internal.json.text.TextSink;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;

/** Reads values with Jackson 3, whatever the mapper is set to: each token as it was written, numbers to the last digit. */
final class Jackson3Reader extends ValueDeserializer<Object> {
    private final Class<?> type;

    /** Jackson's, until it says for which type. */
    Jackson3Reader() {
        this(Object.class);
    }

    private Jackson3Reader(Class<?> type) {
        this.type = type;
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        return new Jackson3Reader(context.getContextualType().getRawClass());
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) {
        Function<String, Object> reader = JsonAccess.get().reader(type).orElse(null);
        if (reader == null) {
            return context.reportBadDefinition(type, "it is written as JSON and not read");
        }
        StringBuilder text = new StringBuilder();
        try {
            copy(in, new TextSink(text));
            return reader.apply(text.toString());
        } catch (InvalidInput e) {
            throw DatabindException.from(in, e.getMessage(), e);
        }
    }

    /** JSON's null is a value where any JSON is. */
    @Override
    public @Nullable Object getNullValue(DeserializationContext context) {
        return JsonAccess.get().ofNull(type);
    }

    /** What is not there is no JSON, not even null. */
    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }

    @Override
    public Object deserializeWithType(JsonParser in, DeserializationContext context, TypeDeserializer types) {
        return types.deserializeTypedFromAny(in, context);
    }

    private static void copy(JsonParser in, TextSink out) {
        int depth = 0;
        do {
            JsonToken token = in.currentToken();
            switch (token) {
                case START_OBJECT -> out.startObject();
                case END_OBJECT -> out.endObject();
                case START_ARRAY -> out.startArray();
                case END_ARRAY -> out.endArray();
                case PROPERTY_NAME -> out.name(in.currentName());
                case VALUE_STRING -> out.string(in.getString());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.number(in.getString());
                case VALUE_TRUE, VALUE_FALSE -> out.bool(token == JsonToken.VALUE_TRUE);
                case VALUE_NULL -> out.nothing();
                default -> throw new InvalidInput("value", "malformed", null);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && in.nextToken() != null);
    }
}
