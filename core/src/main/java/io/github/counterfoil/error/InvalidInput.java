package io.github.counterfoil.error;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Values that Counterfoil does not take. All faults of one call are reported together, nothing was sent to the database.
 */
public final class InvalidInput extends Refusal {
    private static final long serialVersionUID = 1L;

    /**
     * One fault.
     *
     * @param field the parameter at fault, with an index or a name where it is an element: {@code tags[2]},
     *     {@code custom_fields[serial]}
     * @param code what is wrong with it: {@code required}, {@code blank}, {@code too_long}, {@code control_char}, …
     * @param limit the limit that was passed, in the unit that the parameter's documentation names: of a range the end
     *     beyond which the value lies, of moments in seconds of the epoch; null where there is none
     */
    public record Fault(String field, String code, @Nullable Long limit) implements Serializable {
        @Override
        public String toString() {
            return field + "." + code + (limit == null ? "" : " (limit " + limit + ")");
        }
    }

    private final List<Fault> faults;

    public InvalidInput(List<Fault> faults) {
        super("input.invalid", faults.stream().map(Fault::toString).collect(Collectors.joining(", ")));
        this.faults = List.copyOf(faults);
    }

    public InvalidInput(String field, String code, @Nullable Long limit) {
        this(List.of(new Fault(field, code, limit)));
    }

    /** At least one; their order says nothing. */
    public List<Fault> faults() {
        return faults;
    }
}
