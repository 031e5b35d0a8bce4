package io.github.counterfoil.webdesk;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set: {@code --desk.samples=1000}, say.
 *
 * @param samples how many invented tickets there are to look at, in a database without accounts
 * @param files the folder that holds attached files; a temporary one if there is none
 * @param mail the folder into which mail is written; if there is none, the log tells of it
 */
@ConfigurationProperties("desk")
public record WebDeskSettings(
        @DefaultValue("16") int samples,
        @Nullable String files,
        @Nullable String mail) {}
