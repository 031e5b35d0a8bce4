package io.github.counterfoil.internal.command;

import io.github.counterfoil.spi.AttachmentStore;

/**
 * Where a service keeps files.
 *
 * @param mostBytes of one
 */
public record KeptFiles(AttachmentStore store, long mostBytes) {}
