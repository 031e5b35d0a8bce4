package io.github.counterfoil.leaks;

import io.github.counterfoil.json.JsonValue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.CharBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Goes through all that can be reached from a value, and gives each text and each array of bytes on. */
final class Walk {
    private static final String COUNTERFOIL = "io.github.counterfoil.";
    private static final Object NOTHING = new Object();

    private final Budget budget;
    private final Decoding found;
    private final Holders holders;
    private final Deque<Object> pending = new ArrayDeque<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    Walk(Budget budget, Decoding found) {
        this.budget = budget;
        this.found = found;
        this.holders = new Holders(budget);
    }

    /** Without recursion: what is nested deeply takes no stack. */
    void through(@Nullable Object value) {
        pushAll(Collections.singletonList(value));
        while (!pending.isEmpty() && budget.step()) {
            visit(pending.pop());
        }
    }

    private void pushAll(List<? extends @Nullable Object> values) {
        for (int i = values.size() - 1; i >= 0; i--) {
            Object value = values.get(i);
            pending.push(value == null ? NOTHING : value);
        }
    }

    private void visit(Object value) {
        if (value == NOTHING) {
            found.text("null");
        } else if (value instanceof byte[] bytes) {
            found.bytes(bytes);
        } else if (value instanceof char[] characters) {
            found.text(new String(characters));
        } else if (value instanceof Optional<?> optional) {
            pushAll(Collections.singletonList(optional.orElse(null)));
        } else if (value instanceof JsonValue json) {
            found.text(json.text());
        } else if (isPlain(value)) {
            found.text(text(value));
        } else if (!seen.contains(value)) {
            open(value);
        }
    }

    private static boolean isPlain(Object value) {
        return value instanceof Number
                || value instanceof Boolean
                || value instanceof Enum<?>
                || (value instanceof CharSequence && !(value instanceof CharBuffer));
    }

    private void open(Object value) {
        // An exception of SQL is a container too, of those that follow it, and of itself.
        boolean own = value instanceof Throwable || !isOfJava(value.getClass());
        List<@Nullable Object> held = holders.open(value);
        if (held == null && !own) {
            found.text(text(value));
            return;
        }
        seen.add(value);
        List<@Nullable Object> parts = new ArrayList<>(held == null ? List.of() : held);
        if (own) {
            found.text(value.getClass().getSimpleName());
            found.text(text(value));
            addThrown(value, parts);
            addFields(value, parts);
            addMethods(value, parts);
        }
        pushAll(parts);
    }

    /** A host's may fail, or never end on what holds itself. */
    private static String text(Object value) {
        try {
            return String.valueOf(value);
        } catch (RuntimeException | StackOverflowError e) {
            return e.getClass().getSimpleName();
        }
    }

    private static boolean isOfJava(Class<?> type) {
        return type.isArray() || type.getName().startsWith("java.");
    }

    private void addThrown(Object value, List<@Nullable Object> parts) {
        if (!(value instanceof Throwable throwable)) {
            return;
        }
        parts.add(throwable.getMessage());
        parts.add(throwable.getCause());
        parts.addAll(Arrays.asList(throwable.getSuppressed()));
        StringWriter printed = new StringWriter();
        throwable.printStackTrace(new PrintWriter(printed));
        // Frames name code and no data.
        printed.toString().lines().filter(line -> !line.startsWith("\t")).forEach(parts::add);
    }

    private static void addFields(Object value, List<@Nullable Object> parts) {
        for (Class<?> type = value.getClass(); type != null && !isOfJava(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    addField(value, field, parts);
                }
            }
        }
    }

    private static void addField(Object value, Field field, List<@Nullable Object> parts) {
        try {
            field.setAccessible(true);
            parts.add(field.get(value));
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            // A named module that does not open itself: its methods remain.
        }
    }

    /** Only those of Counterfoil's own values, which change nothing; a host's may do anything. */
    private static void addMethods(Object value, List<@Nullable Object> parts) {
        String name = value.getClass().getName();
        if (!name.startsWith(COUNTERFOIL) || name.startsWith(COUNTERFOIL + "internal.")) {
            return;
        }
        Stream.of(value.getClass().getMethods())
                .filter(method -> method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getDeclaringClass().getName().startsWith(COUNTERFOIL))
                .filter(method -> !method.getName().equals("hashCode"))
                .sorted(Comparator.comparing(Method::getName))
                .forEach(method -> addResult(value, method, parts));
    }

    private static void addResult(Object value, Method method, List<@Nullable Object> parts) {
        try {
            method.setAccessible(true);
            parts.add(method.invoke(value));
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            // It gave nothing.
        }
    }
}
