package io.github.counterfoil.webdesk.shown;

import org.jspecify.annotations.Nullable;

/**
 * A file that hangs at a message.
 *
 * @param name untrusted
 * @param href null if the file is gone
 */
public record FileLink(String name, String size, @Nullable String href) {}
