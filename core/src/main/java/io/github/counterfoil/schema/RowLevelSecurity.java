package io.github.counterfoil.schema;

/**
 * What PostgreSQL's row-level security is to be set up for
 * (https://www.postgresql.org/docs/current/ddl-rowsecurity.html). A role that does not exist is created, without login.
 *
 * @param owner of all that Counterfoil made; nobody's login
 * @param application what Counterfoil's connections are members of
 * @param customer what SQL on behalf of a customer runs as: it reads what the customer's desk would show
 * @param customerSchema where that is; the only schema that a gateway such as PostgREST may expose. Empty for the name of
 *     Counterfoil's own with {@code _customer} behind it
 * @param viewer how PostgreSQL learns which customer it is
 */
public record RowLevelSecurity(
        String owner, String application, String customer, String customerSchema, Viewer viewer) {

    /** How PostgreSQL learns which customer reads. */
    public enum Viewer {
        /**
         * The host says so in each transaction, with the function {@code view_as}. It protects against a query that forgets
         * its filter, and not against somebody who writes the SQL: they can say that they are another.
         */
        SETTING,
        /** Supabase authenticates: {@code auth.uid()}, which SQL from a browser cannot change. */
        SUPABASE
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

    /** Other names of the roles, unquoted. */
    public RowLevelSecurity roles(String owner, String application, String customer) {
        return new RowLevelSecurity(owner, application, customer, customerSchema, viewer);
    }

    /** Another schema for what customers read, unquoted. */
    public RowLevelSecurity customerSchema(String name) {
        return new RowLevelSecurity(owner, application, customer, name, viewer);
    }
}
