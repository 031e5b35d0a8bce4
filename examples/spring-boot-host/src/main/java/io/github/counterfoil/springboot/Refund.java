package io.github.counterfoil.springboot;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The host's own: whether its constraint holds is the host's choice of starters. */
@Entity
public class Refund {
    @Id
    private UUID id;

    @Size(min = 3)
    private String reason;

    private @Nullable UUID ticketId;

    /** For Hibernate ORM. */
    protected Refund() {
        this(new UUID(0, 0), "");
    }

    public Refund(UUID id, String reason) {
        this.id = id;
        this.reason = reason;
    }

    public UUID id() {
        return id;
    }

    public String reason() {
        return reason;
    }

    /** The ticket that tells of it; null before there is one. */
    public @Nullable UUID ticketId() {
        return ticketId;
    }

    void isToldBy(UUID ticketId) {
        this.ticketId = ticketId;
    }
}
