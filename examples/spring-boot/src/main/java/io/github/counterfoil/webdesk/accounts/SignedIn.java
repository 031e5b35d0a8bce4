package io.github.counterfoil.webdesk.accounts;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Who is signed in, for the head of each page. */
@ControllerAdvice(annotations = Controller.class)
class SignedIn {

    @ModelAttribute("me")
    @Nullable
    Account me(@AuthenticationPrincipal @Nullable Account account) {
        return account;
    }
}
