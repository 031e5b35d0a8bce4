package io.github.counterfoil.webdesk.problem;

import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;

/** What Counterfoil refuses, said to people as a page and to programs as a problem. */
@ControllerAdvice
class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** The page on which a form stands. */
    private static final Pattern FORM = Pattern.compile("(/(?:desk|portal)/tickets/[0-9a-f-]{36})/[a-z]+");

    // region: refusals
    @ExceptionHandler
    Object refused(CounterfoilException e, HttpServletRequest request) {
        Problem problem = Problem.of(e);
        if (!(e instanceof Refusal)) {
            LOG.warn(
                    "{} failed: {}", request.getRequestURI(), e.getMessage()); // codes and ids, never what people typed
        }
        if (request.getRequestURI().startsWith("/api/")) {
            ProblemDetail detail = ProblemDetail.forStatusAndDetail(problem.status(), problem.title());
            detail.setProperty("code", e.code());
            if (e instanceof InvalidInput invalid) {
                detail.setProperty("faults", invalid.faults());
            }
            return ResponseEntity.of(detail).build();
        }
        return e instanceof Refusal && request.getMethod().equals("POST")
                ? backToForm(problem, request)
                : page(problem);
    }
    // endregion

    @ExceptionHandler
    ModelAndView tooLarge(MaxUploadSizeExceededException e) {
        return page(new Problem(
                HttpStatus.CONTENT_TOO_LARGE, "These files are too large: 10 MB each, 25 MB together.", List.of()));
    }

    /** Nobody types anything twice: what was typed is in the form again, beside what is wrong with it. */
    private static ModelAndView backToForm(Problem problem, HttpServletRequest request) {
        FlashMap flash = RequestContextUtils.getOutputFlashMap(request);
        flash.put("problem", problem);
        flash.put("typedTitle", request.getParameter("title"));
        flash.put(request.getRequestURI().endsWith("/note") ? "typedNote" : "typedText", request.getParameter("text"));
        return new ModelAndView("redirect:" + formOf(request.getRequestURI()));
    }

    private static String formOf(String address) {
        Matcher form = FORM.matcher(address);
        if (form.matches()) {
            return form.group(1);
        }
        return address.startsWith("/portal") ? "/portal/new" : "/desk";
    }

    private static ModelAndView page(Problem problem) {
        return new ModelAndView("problem", Map.of("problem", problem), problem.status());
    }
}
