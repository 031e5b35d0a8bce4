package io.github.counterfoil.internal.validation;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.InvalidInput.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All faults of one call's values, which are thrown together. */
public final class Faults {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");

    private final List<Fault> found;
    private final String prefix;

    public Faults() {
        this(new ArrayList<>(), "");
    }

    private Faults(List<Fault> found, String prefix) {
        this.found = found;
        this.prefix = prefix;
    }

    /** The faults of a part, whose fields are named after it. */
    public Faults in(String part) {
        return new Faults(found, prefix + part + ".");
    }

    /** @param problem null if there is none */
    public void add(String field, @Nullable Problem problem) {
        if (problem != null) {
            found.add(new Fault(prefix + field, problem.code(), problem.limit()));
        }
    }

    public void require(String field, @Nullable Object value) {
        add(field, value == null ? Problem.of("required") : null);
    }

    /**
     * A value without which the rest of the call cannot be looked at.
     *
     * @throws InvalidInput with all that was found so far, if it is missing
     */
    public <T> T value(String field, @Nullable T value) {
        if (value == null) {
            require(field, null);
            throw thrown();
        }
        return value;
    }

    /** @param rule gives an element's problem, or null */
    public <T> void each(String field, List<T> elements, Function<T, @Nullable Problem> rule) {
        for (int i = 0; i < elements.size(); i++) {
            add(field + "[" + i + "]", rule.apply(elements.get(i)));
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws InvalidInput if there are any */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw thrown();
        }
    }

    private InvalidInput thrown() {
        return new InvalidInput(found.stream()
                .distinct()
                .sorted(Comparator.comparing(Faults::place).thenComparing(Fault::code))
                .toList());
    }

    /** The field with its numbers as wide as numbers get, so that the tenth of a list comes after the second. */
    private static String place(Fault fault) {
        return NUMBER.matcher(fault.field())
                .replaceAll(number -> "0".repeat(10 - number.end() + number.start()) + number.group());
    }
}
