package io.github.counterfoil.leaks;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be read out of a value, as one text: its own text and all that its fields and its methods without
 * parameters give, as deep as it goes; of an exception also message, causes and stack trace; of bytes and of what looks
 * like Base64 also the text behind it.
 */
public final class Traces {
    private static final int MIN_BASE64 = 24;
    private static final String COUNTERFOIL = "io.github.counterfoil.";

    private final StringBuilder out = new StringBuilder();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private Traces() {}

    /** Deterministic where the value is. */
    public static String of(@Nullable Object value) {
        Traces traces = new Traces();
        traces.add(value);
        return traces.out.toString();
    }

    private void add(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean || value instanceof Enum<?>) {
            line(String.valueOf(value));
        } else if (value instanceof CharSequence text) {
            addText(text.toString());
        } else if (value instanceof byte[] bytes) {
            addText(new String(bytes, StandardCharsets.UTF_8));
        } else if (value instanceof Optional<?> optional) {
            add(optional.orElse(null));
        } else if (value instanceof Map<?, ?>
                || value instanceof Iterable<?>
                || value.getClass().isArray()) {
            addElements(value);
        } else if (value.getClass().getName().startsWith("java.") && !(value instanceof Throwable)) {
            addText(value.toString());
        } else if (seen.add(value)) {
            addObject(value);
        }
    }

    private void addElements(Object container) {
        if (!seen.add(container)) {
            return;
        }
        if (container instanceof Map<?, ?> map) {
            map.forEach((key, element) -> {
                add(key);
                add(element);
            });
        } else if (container instanceof Iterable<?> elements) {
            elements.forEach(this::add);
        } else {
            for (int i = 0; i < Array.getLength(container); i++) {
                add(Array.get(container, i));
            }
        }
        // Only one that holds itself is read once: others may well be the same empty list.
        seen.remove(container);
    }

    private void addObject(Object value) {
        line(value.getClass().getSimpleName());
        addText(String.valueOf(value));
        if (value instanceof Throwable throwable) {
            addThrowable(throwable);
        }
        addFields(value);
        addMethods(value);
    }

    private void addText(String text) {
        line(text);
        if (text.length() >= MIN_BASE64) {
            decoded(Base64.getUrlDecoder(), text);
            decoded(Base64.getDecoder(), text);
        }
    }

    private void decoded(Base64.Decoder decoder, String text) {
        try {
            line(new String(decoder.decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // Not Base64.
        }
    }

    private void addThrowable(Throwable throwable) {
        add(throwable.getMessage());
        add(throwable.getCause());
        add(throwable.getSuppressed());
        StringWriter printed = new StringWriter();
        throwable.printStackTrace(new PrintWriter(printed));
        // Frames name code and no data.
        printed.toString().lines().filter(line -> !line.startsWith("\t")).forEach(this::line);
    }

    private void addFields(Object value) {
        for (Class<?> type = value.getClass();
                type != null && !type.getName().startsWith("java.");
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    addField(value, field);
                }
            }
        }
    }

    private void addField(Object value, Field field) {
        try {
            field.setAccessible(true);
            add(field.get(value));
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            // A named module that does not open itself: its methods remain.
        }
    }

    /** Only Counterfoil's own, which change nothing; a host's may do anything. */
    private void addMethods(Object value) {
        if (!value.getClass().getName().startsWith(COUNTERFOIL)) {
            return;
        }
        Stream.of(value.getClass().getMethods())
                .filter(method -> method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getDeclaringClass().getName().startsWith(COUNTERFOIL))
                .filter(method -> !method.getName().equals("hashCode"))
                .sorted(Comparator.comparing(Method::getName))
                .forEach(method -> call(value, method));
    }

    private void call(Object value, Method method) {
        try {
            method.setAccessible(true);
            add(method.invoke(value));
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            // It gave nothing.
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
