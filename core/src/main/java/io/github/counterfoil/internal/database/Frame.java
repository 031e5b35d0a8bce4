package io.github.counterfoil.internal.database;

/**
 * How a function that writes behaves, whatever it does.
 *
 * @param patience how long it waits for each lock, in milliseconds
 * @param durable whether what it stores is on disk when the commit is answered, also if the connection is set otherwise
 * @param joins whether it is a part of a transaction of the host's
 */
public record Frame(int patience, boolean durable, boolean joins) {}
