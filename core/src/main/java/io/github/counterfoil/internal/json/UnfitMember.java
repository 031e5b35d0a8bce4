package io.github.counterfoil.internal.json;

/** A member of an object is missing or of another type than was asked for. Without the value, which may be private. */
public final class UnfitMember extends Exception {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String code;

    UnfitMember(String name, String code) {
        // Which of the members it was matters, and not where it was read: some histories hold many.
        super(name + "." + code, null, false, false);
        this.name = name;
        this.code = code;
    }

    /** The member's name. */
    public String name() {
        return name;
    }

    /**
     * What is wrong with it: {@code required}, {@code not_a_string}, {@code not_a_number}, {@code not_an_array},
     * {@code not_an_object}, {@code malformed} (a string that is no id), {@code unknown} (one that names no constant) or {@code unexpected}.
     */
    public String code() {
        return code;
    }
}
