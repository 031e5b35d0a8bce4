package io.github.counterfoil.webdesk.accounts;

import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.HandlerExceptionResolver;

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
    SecurityFilterChain programs(
            HttpSecurity http, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return http.securityMatcher("/api/**")
                .authorizeHttpRequests(requests -> requests.requestMatchers("/api/desk/**")
                        .hasRole("AGENT")
                        .requestMatchers("/api/portal/**")
                        .hasRole("CUSTOMER")
                        .anyRequest()
                        .denyAll())
                .httpBasic(basic -> basic.authenticationEntryPoint(
                        (request, response, e) -> refuse(problems, request, response, e)))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .build();
    }

    /** Who is no one is told so; whoever could not be looked up gets the problem that it is. */
    private static void refuse(
            HandlerExceptionResolver problems,
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException e) {
        if (e instanceof InternalAuthenticationServiceException) {
            problems.resolveException(request, response, null, e);
        } else {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        }
    }

    @Bean
    @Order(2)
    SecurityFilterChain people(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/login", "/assets/**", "/error")
                        .permitAll()
                        .requestMatchers("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")
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
