package io.github.counterfoil.webdesk.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page on which a form stands, so that what is refused goes back to it. */
public final class FormAddress {
    private static final String TOLD = FormAddress.class.getName();
    private static final Pattern TICKET = Pattern.compile("(/(?:desk|portal)/tickets/[0-9a-f-]{36})/[a-z]+");

    private FormAddress() {}

    /** For a form whose page does not follow from where it is sent to: a list with filters, say. */
    public static void tell(HttpServletRequest request, String address) {
        request.setAttribute(TOLD, address);
    }

    static String of(HttpServletRequest request) {
        if (request.getAttribute(TOLD) instanceof String told) {
            return told;
        }
        String sentTo = request.getRequestURI();
        Matcher ticket = TICKET.matcher(sentTo);
        if (ticket.matches()) {
            return ticket.group(1);
        }
        return sentTo.startsWith("/portal") ? "/portal/new" : "/desk";
    }
}
