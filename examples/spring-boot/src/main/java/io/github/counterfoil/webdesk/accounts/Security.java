package io.github.counterfoil.webdesk.accounts;

import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;

/** Who may go where. What they may do there, Counterfoil decides. */
@Configuration(proxyBeanMethods = false)
public class Security {
    /** Nothing from elsewhere, and no script inside a page: markup that somebody typed could do nothing even if it were shown as such. */
    public static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    PasswordEncoder passwords() {
        return new BCryptPasswordEncoder();
    }

    /** Programs name themselves with each request and get no session, so that no page elsewhere can use somebody's. */
    @Bean
    @Order(1)
    SecurityFilterChain programs(HttpSecurity http) {
        return http.securityMatcher("/api/**")
                .authorizeHttpRequests(requests -> requests.requestMatchers("/api/desk/**")
                        .hasRole("AGENT")
                        .requestMatchers("/api/portal/**")
                        .hasRole("CUSTOMER")
                        .anyRequest()
                        .denyAll())
                .httpBasic(basic -> basic.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain people(HttpSecurity http) {
        return http.authorizeHttpRequests(
                        requests -> requests.requestMatchers("/login", "/assets/**", "/error", "/actuator/health")
                                .permitAll()
                                .requestMatchers("/desk/**")
                                .hasRole("AGENT")
                                .requestMatchers("/portal/**")
                                .hasRole("CUSTOMER")
                                .anyRequest()
                                .authenticated())
                .headers(headers ->
                        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY)))
                .formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/"))
                .logout(withDefaults())
                .build();
    }
}
