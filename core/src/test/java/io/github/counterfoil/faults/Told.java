package io.github.counterfoil.faults;

/**
 * What a host was told of a call.
 *
 * @param detail of {@code DONE}: a letter for each part, {@code A} applied or replayed, {@code U} unchanged, {@code R} refused,
 *     {@code B} held by another; else the code or the class of the exception
 */
record Told(Answer answer, String detail) {

    enum Answer {
        /** It is stored. */
        DONE,
        /** It is not, for a reason that lies in the call or in what is there. */
        REFUSED,
        /** It is not: the database did not take it. */
        NOTHING,
        /** Nobody knows. */
        UNKNOWN,
        /** Nothing that a caller can be told of a call as these. */
        BROKEN
    }

    static Told done(String detail) {
        return new Told(Answer.DONE, detail);
    }
}
