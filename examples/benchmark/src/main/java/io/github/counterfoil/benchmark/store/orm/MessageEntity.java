package io.github.counterfoil.benchmark.store.orm;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.time.Instant;
import java.util.UUID;

/** A message or a note. It is never changed, and so not audited. */
@Entity
@Table(name = "message", uniqueConstraints = @UniqueConstraint(columnNames = {"ticket_id", "seq"}))
public class MessageEntity {
    @Id
    private UUID id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private TicketEntity ticket;

    private int seq;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private PersonEntity author;

    private boolean internal;

    @Column(nullable = false, columnDefinition = "text")
    private String content;

    @Column(nullable = false)
    private Instant createdAt;

    /** For Hibernate ORM. */
    @SuppressWarnings("NullAway.Init")
    protected MessageEntity() {}

    MessageEntity(UUID id, TicketEntity ticket, int seq, PersonEntity author, boolean internal, String content) {
        this.id = id;
        this.ticket = ticket;
        this.seq = seq;
        this.author = author;
        this.internal = internal;
        this.content = content;
        this.createdAt = Instant.now();
    }

    public UUID getId() {
        return id;
    }

    public TicketEntity getTicket() {
        return ticket;
    }

    public int getSeq() {
        return seq;
    }

    public PersonEntity getAuthor() {
        return author;
    }

    public boolean isInternal() {
        return internal;
    }

    public String getContent() {
        return content;
    }

    public Instant getCreatedAt() {
        return createdAt;
    }
}
