package io.xtribe.fusionhub.console.page;

import java.util.function.Supplier;

import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.NatsLink;

/** Answers with a page, and with one that says so where there is nothing to show: nobody is shown a stack trace. */
@Singleton
class PageAnswer {

    private static final String POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'";
    private static final int RETRY_AFTER_SECONDS = 5;

    private final NatsLink nats;

    PageAnswer(NatsLink nats) {
        this.nats = nats;
    }

    /** The page; while NATS is away another one, since nothing else could be read. */
    Response of(Supplier<TemplateInstance> page) {
        if (!nats.isConnected()) {
            return away();
        }
        try {
            return html(Status.OK, page.get()).build();
        } catch (StoreUnavailableException e) {
            return away();
        } catch (NothingThereException e) {
            return html(Status.NOT_FOUND, Templates.problem("Not found", e.getMessage()))
                    .build();
        }
    }

    /** A page that needs nothing that NATS keeps. */
    Response always(TemplateInstance page) {
        return html(Status.OK, page).build();
    }

    private static Response away() {
        return html(
                        Status.SERVICE_UNAVAILABLE,
                        Templates.problem(
                                "NATS does not answer",
                                "Nothing can be read or changed until it does. The hub goes on by itself then, and platforms"
                                        + " send again what they could not deliver. Look at the NATS server, and at"
                                        + " fusion.nats.url; this page tries again every few seconds."))
                .header("Refresh", RETRY_AFTER_SECONDS)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    private static Response.ResponseBuilder html(Status status, TemplateInstance page) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(page.render());
    }
}
