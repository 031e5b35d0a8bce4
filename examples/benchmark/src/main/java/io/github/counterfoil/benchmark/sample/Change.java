package io.github.counterfoil.benchmark.sample;

/** What an event of a sample ticket changed. */
public sealed interface Change {
    record Message(String text) implements Change {}

    record StatusUpdate(Status from, Status to) implements Change {}

    record AssignmentAdded(Person agent) implements Change {}
}
