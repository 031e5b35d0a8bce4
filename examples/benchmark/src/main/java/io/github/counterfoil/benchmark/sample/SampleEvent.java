package io.github.counterfoil.benchmark.sample;

import java.time.Instant;
import java.util.UUID;

/**
 * An event of a sample ticket.
 *
 * @param seq its place in the history, from 1
 */
public record SampleEvent(int seq, UUID id, Person author, Instant createdAt, Change change) {}
