package io.github.counterfoil.webdesk.accounts;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.CustomerDesk;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

// region: desks
/**
 * Gives each page the desk of who asks for it: a page that takes a {@code CustomerDesk} has nothing else to read
 * tickets with, and cannot say who it acts for.
 */
@Configuration(proxyBeanMethods = false)
class Desks implements WebMvcConfigurer, HandlerMethodArgumentResolver {
    private final TicketService tickets;

    Desks(TicketService tickets) {
        this.tickets = tickets;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == AgentDesk.class || parameter.getParameterType() == CustomerDesk.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        boolean agents = parameter.getParameterType() == AgentDesk.class;
        Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
        if (signedIn == null
                || !(signedIn.getPrincipal() instanceof Account account)
                || account.side() != (agents ? Side.AGENT : Side.CUSTOMER)) {
            throw new AccessDeniedException("this desk is the other side's");
        }
        return agents ? tickets.agent(account.supportId()) : tickets.customer(account.supportId());
    }
}
// endregion
