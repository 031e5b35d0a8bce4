package io.github.counterfoil.webdesk.shown;

import io.github.counterfoil.ticket.CustomerTicket;
import org.jspecify.annotations.Nullable;

/**
 * What a customer said of a resolution.
 *
 * @param stars for people
 * @param comment untrusted; null if there is none
 */
public record Rating(String stars, @Nullable String comment, Moment at) {

    public static Rating of(CustomerTicket.Feedback feedback) {
        return new Rating(
                "★".repeat(feedback.rating()) + "☆".repeat(5 - feedback.rating()),
                feedback.comment(),
                Moment.of(feedback.submittedAt()));
    }
}
