package io.github.counterfoil.webdesk.problem;

import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.validation.BindException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;

/** What Counterfoil refuses, said to people as a page and to programs as a problem. */
@ControllerAdvice
class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String UNREADABLE = "Nobody can tell what was asked for.";

    // region: refusals
    @ExceptionHandler
    Object refused(CounterfoilException e, HttpServletRequest request) {
        Problem problem = Problem.of(e);
        if (!(e instanceof Refusal)) {
            LOG.warn(
                    "{} failed: {}", request.getRequestURI(), e.getMessage()); // codes and ids, never what people typed
        }
        if (ofProgram(request)) {
            return told(
                    problem.status(),
                    problem.title(),
                    e.code(),
                    e instanceof InvalidInput invalid ? invalid.faults() : List.of());
        }
        return e instanceof Refusal && request.getMethod().equals("POST")
                ? backToForm(problem, request)
                : page(problem);
    }
    // endregion

    /** What is no JSON, no id, no version: what came is not repeated. */
    @ExceptionHandler({
        HttpMessageNotReadableException.class,
        ServletRequestBindingException.class,
        TypeMismatchException.class,
        BindException.class
    })
    Object unreadable(Exception e, HttpServletRequest request) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CounterfoilException read) {
                return refused(read, request);
            }
        }
        if (!ofProgram(request)) {
            return page(new Problem(HttpStatus.BAD_REQUEST, UNREADABLE, List.of()));
        }
        String code = "request.invalid";
        List<InvalidInput.Fault> faults = List.of();
        if (e instanceof HttpMessageNotReadableException) {
            code = "request.unreadable";
        } else if (e instanceof MissingRequestHeaderException missing) {
            faults = List.of(new InvalidInput.Fault(missing.getHeaderName(), "required", null));
        } else if (e instanceof MethodArgumentTypeMismatchException mismatch) {
            faults = List.of(new InvalidInput.Fault(mismatch.getName(), "malformed", null));
        }
        return told(HttpStatus.BAD_REQUEST, UNREADABLE, code, faults);
    }

    /** Whoever cannot be looked up is not a stranger for that. */
    @ExceptionHandler
    Object unreachable(InternalAuthenticationServiceException e) {
        return told(HttpStatus.SERVICE_UNAVAILABLE, Problem.UNREACHABLE, "database.unreachable", List.of());
    }

    private static ResponseEntity<?> told(
            HttpStatus status, String words, String code, List<InvalidInput.Fault> faults) {
        ProblemDetail detail = ProblemDetail.forStatusAndDetail(status, words);
        detail.setProperty("code", code);
        if (!faults.isEmpty()) {
            detail.setProperty("faults", faults);
        }
        return ResponseEntity.of(detail).build();
    }

    private static boolean ofProgram(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/api/");
    }

    @ExceptionHandler
    ModelAndView tooLarge(MaxUploadSizeExceededException e) {
        return page(new Problem(HttpStatus.CONTENT_TOO_LARGE, Problem.FILES, List.of()));
    }

    /** Nobody types anything twice: what was typed is in the form again, beside what is wrong with it. */
    private static ModelAndView backToForm(Problem problem, HttpServletRequest request) {
        FlashMap flash = RequestContextUtils.getOutputFlashMap(request);
        flash.put("problem", problem);
        flash.put("typedTitle", request.getParameter("title"));
        flash.put("typedTag", request.getParameter("addTag"));
        flash.put("typedComment", request.getParameter("comment"));
        flash.put(request.getRequestURI().endsWith("/note") ? "typedNote" : "typedText", request.getParameter("text"));
        return new ModelAndView("redirect:" + FormAddress.of(request));
    }

    private static ModelAndView page(Problem problem) {
        return new ModelAndView("problem", Map.of("problem", problem), problem.status());
    }
}
