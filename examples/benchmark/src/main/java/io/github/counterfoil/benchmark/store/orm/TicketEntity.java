package io.github.counterfoil.benchmark.store.orm;

import io.github.counterfoil.benchmark.sample.Status;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.envers.Audited;
import org.hibernate.envers.NotAudited;
import org.hibernate.envers.RelationTargetAuditMode;
import org.jspecify.annotations.Nullable;

/** A ticket. Envers keeps what it was; what is written to it are rows of their own. */
@Entity
@Audited
@Table(
        name = "ticket",
        indexes = {
            @Index(columnList = "customer_id, createdAt"),
            @Index(columnList = "assignee_id, status, createdAt desc, id desc")
        })
public class TicketEntity {
    @Id
    private UUID id;

    @Column(nullable = false)
    private String title;

    @Column(nullable = false, columnDefinition = "text")
    private String description;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false, length = 16)
    private Status status;

    @Column(nullable = false, length = 16)
    private String priority;

    private @Nullable String sourceChannel;

    @Column(nullable = false)
    private Instant createdAt;

    @NotAudited
    @Column(nullable = false)
    private Instant updatedAt;

    /** How much was written to it. */
    @NotAudited
    private int lastSeq;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @Audited(targetAuditMode = RelationTargetAuditMode.NOT_AUDITED)
    private PersonEntity customer;

    @ManyToOne(fetch = FetchType.LAZY)
    @Audited(targetAuditMode = RelationTargetAuditMode.NOT_AUDITED)
    private @Nullable PersonEntity assignee;

    @ManyToOne(fetch = FetchType.LAZY)
    @Audited(targetAuditMode = RelationTargetAuditMode.NOT_AUDITED)
    private @Nullable PersonEntity resolvedBy;

    private int rating;
    private @Nullable String ratingComment;

    /** For Hibernate ORM. */
    @SuppressWarnings("NullAway.Init")
    protected TicketEntity() {}

    TicketEntity(UUID id, String title, String description, PersonEntity customer) {
        this.id = id;
        this.title = title;
        this.description = description;
        this.customer = customer;
        this.status = Status.NEW;
        this.priority = "medium";
        this.sourceChannel = "web";
        this.createdAt = Instant.now();
        this.updatedAt = createdAt;
    }

    public UUID getId() {
        return id;
    }

    public String getTitle() {
        return title;
    }

    public String getDescription() {
        return description;
    }

    public Status getStatus() {
        return status;
    }

    public String getPriority() {
        return priority;
    }

    public @Nullable String getSourceChannel() {
        return sourceChannel;
    }

    public Instant getCreatedAt() {
        return createdAt;
    }

    public Instant getUpdatedAt() {
        return updatedAt;
    }

    public PersonEntity getCustomer() {
        return customer;
    }

    public @Nullable PersonEntity getAssignee() {
        return assignee;
    }

    public @Nullable PersonEntity getResolvedBy() {
        return resolvedBy;
    }

    public int getRating() {
        return rating;
    }

    public @Nullable String getRatingComment() {
        return ratingComment;
    }

    int nextSeq() {
        updatedAt = Instant.now();
        return ++lastSeq;
    }

    void assignTo(@Nullable PersonEntity agent) {
        assignee = agent;
        updatedAt = Instant.now();
    }

    void changeStatus(Status status) {
        this.status = status;
        if (status == Status.CLOSED) {
            resolvedBy = assignee;
        }
        updatedAt = Instant.now();
    }

    void rate(int rating, String comment) {
        this.rating = rating;
        this.ratingComment = comment;
        updatedAt = Instant.now();
    }
}
