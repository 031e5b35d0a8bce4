package io.github.counterfoil.schema;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's row-level security is to be set up for
 * (https://www.postgresql.org/docs/current/ddl-rowsecurity.html). A role that does not exist is created, without login.
 */
public final class RowLevelSecurity implements AsJson {
    private final String owner;
    private final String application;
    private final String customer;
    private final String customerSchema;
    private final Viewer viewer;

    /** How PostgreSQL learns which customer reads. */
    public enum Viewer implements AsJson {
        /**
         * The host says so in each transaction, with the function {@code view_as}. It protects against a query that forgets
         * its filter, and not against somebody who writes the SQL: they can say that they are another.
         */
        SETTING,
        /** Supabase authenticates: {@code auth.uid()}, which SQL from a browser cannot change. */
        SUPABASE
    }

    private RowLevelSecurity(String owner, String application, String customer, String customerSchema, Viewer viewer) {
        this.owner = owner;
        this.application = application;
        this.customer = customer;
        this.customerSchema = customerSchema;
        this.viewer = viewer;
    }

    /** Roles {@code counterfoil_owner}, {@code counterfoil_application} and {@code counterfoil_customer}. */
    public static RowLevelSecurity plain() {
        return new RowLevelSecurity(
                "counterfoil_owner", "counterfoil_application", "counterfoil_customer", "", Viewer.SETTING);
    }

    /** Supabase's own roles {@code postgres}, {@code service_role} and {@code authenticated}. */
    public static RowLevelSecurity supabase() {
        return new RowLevelSecurity("postgres", "service_role", "authenticated", "", Viewer.SUPABASE);
    }

    /**
     * Other names of the roles, unquoted.
     *
     * @param owner of all that Counterfoil made; nobody's login
     * @param application what Counterfoil's connections are members of
     * @param customer what SQL on behalf of a customer runs as: it reads what the customer's desk would show
     */
    public RowLevelSecurity roles(String owner, String application, String customer) {
        return new RowLevelSecurity(owner, application, customer, customerSchema, viewer);
    }

    /**
     * Another schema for what customers read, unquoted: the only one that a gateway such as PostgREST may expose. It is named
     * as Counterfoil's own with {@code _customer} behind it unless said otherwise.
     */
    public RowLevelSecurity customerSchema(String name) {
        return new RowLevelSecurity(owner, application, customer, name, viewer);
    }

    public String owner() {
        return owner;
    }

    public String application() {
        return application;
    }

    public String customer() {
        return customer;
    }

    /** Empty for the name of Counterfoil's own with {@code _customer} behind it. */
    public String customerSchema() {
        return customerSchema;
    }

    public Viewer viewer() {
        return viewer;
    }

    @Override
    public JsonValue json() {
        return JsonValue.parse(new JsonObject()
                .putAny("owner", owner)
                .putAny("application", application)
                .putAny("customer", customer)
                .putAny("customer_schema", customerSchema)
                .putAny("viewer", viewer)
                .text());
    }

    /**
     * What {@link #json()} gave.
     *
     * @throws InvalidInput if it is anything else
     */
    public static RowLevelSecurity fromJson(JsonValue json) {
        JsonFields fields = JsonFields.of(json);
        return fields.done(new RowLevelSecurity(
                fields.text("owner"),
                fields.text("application"),
                fields.text("customer"),
                fields.text("customer_schema"),
                fields.constant("viewer", Viewer.class)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowLevelSecurity that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(owner, application, customer, customerSchema, viewer);
    }

    @Override
    public String toString() {
        return "RowLevelSecurity" + parts();
    }
}
