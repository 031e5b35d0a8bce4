package io.github.counterfoil.webdesk.accounts;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The way in. */
@Controller
class EntryController {
    private final SampleSignIns signIns;

    EntryController(SampleSignIns signIns) {
        this.signIns = signIns;
    }

    @GetMapping("/")
    String enter(@AuthenticationPrincipal Account account) {
        return account.side() == Side.AGENT ? "redirect:/desk" : "redirect:/portal";
    }

    @GetMapping("/login")
    String signIn(Model model) {
        model.addAttribute("samples", signIns.all());
        return "login";
    }
}
