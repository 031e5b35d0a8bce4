package io.github.counterfoil.hosts;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of the host's own. */
@Entity
@Table(name = "refund")
class Refund {
    @Id
    private UUID id = UUID.randomUUID();

    private int amount = 12;

    int amount() {
        return amount;
    }

    UUID id() {
        return id;
    }
}
