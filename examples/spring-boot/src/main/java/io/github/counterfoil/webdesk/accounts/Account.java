package io.github.counterfoil.webdesk.accounts;

import io.github.counterfoil.webdesk.shown.Names;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * A row of the host's own table of users.
 *
 * @param id the host's key
 * @param supportId the second key, by which Counterfoil knows who it is
 * @param password as it is stored: a hash
 */
public record Account(
        long id, UUID supportId, String email, String firstName, String lastName, Side side, String password)
        implements UserDetails {

    public String name() {
        return Names.full(firstName, lastName);
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return List.of(new SimpleGrantedAuthority("ROLE_" + side));
    }

    @Override
    public String getPassword() {
        return password;
    }

    @Override
    public String getUsername() {
        return email;
    }

    @Override
    public String toString() {
        return "Account[" + id + " " + side + "]";
    }
}
