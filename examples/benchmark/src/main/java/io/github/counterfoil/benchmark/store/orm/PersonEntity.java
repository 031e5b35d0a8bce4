package io.github.counterfoil.benchmark.store.orm;

import io.github.counterfoil.benchmark.sample.Person;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** An agent or a customer. */
@Entity
@Table(name = "person")
public class PersonEntity {
    @Id
    private UUID id;

    @Column(nullable = false, unique = true)
    private String email;

    @Column(nullable = false)
    private String firstName;

    @Column(nullable = false)
    private String lastName;

    private boolean agent;

    /** For Hibernate ORM. */
    @SuppressWarnings("NullAway.Init")
    protected PersonEntity() {}

    PersonEntity(Person person) {
        this.id = person.id();
        this.email = person.email();
        this.firstName = person.firstName();
        this.lastName = person.lastName();
        this.agent = person.agent();
    }

    public UUID getId() {
        return id;
    }

    public String getEmail() {
        return email;
    }

    public String getFirstName() {
        return firstName;
    }

    public String getLastName() {
        return lastName;
    }

    public boolean isAgent() {
        return agent;
    }
}
