package io.xtribe.fusionhub.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.smallrye.config.ConfigMapping;

/** Every {@code fusion.*} key. {@code application.properties} is the reference and holds the defaults. */
@ConfigMapping(prefix = "fusion")
public interface FusionConfig {

    /** Whether platforms are written to. */
    enum Mode {
        SYNC,
        OBSERVE
    }

    /** {@code sync}, or {@code observe}: no platform is written to, the timeline says what would have been. */
    Mode mode();

    /** Which text of a platform's records may be shown on other platforms. */
    enum Copy {
        /** Title, description and comments. */
        ALL,
        /** The title, and what people write in the course of the incident; not the description. */
        TITLE,
        /** None: others see that there is an incident, its state, and where it is. */
        NONE
    }

    /** Which priorities open incidents. */
    List<String> priorities();

    /** Which platforms take part. */
    List<String> platforms();

    /** How long after the end of an incident an alert of the same series opens it again; later it opens a new one. */
    Duration reopenWindow();

    /** An incident of an opened priority that is not paged by then is counted and logged. */
    Duration pageDeadline();

    /** How people hear of such an incident in another way. */
    Fallback fallback();

    /** Where people reach this hub's page, for links in messages; without one they have none. */
    Optional<String> publicUrl();

    /** The folder with further platforms, a folder each; one of the same name stands in for a built-in one. */
    Optional<Path> platformsPath();

    /** The folder with route files that stand in for the built-in ones of the same name. */
    Optional<Path> routesPath();

    /** Where traces are sent to. */
    Tracing tracing();

    /** How often each hub sends a signal through NATS that shows whether signals get through; 0 for never. */
    Duration heartbeat();

    /** How often a paused platform is asked whether it takes our credentials again. */
    Duration probe();

    /** The platform whose record is the page. */
    String pagingPlatform();

    /** Path of the service catalogue; without one signals that come by webhook are not enriched. */
    Optional<String> catalogue();

    Nats nats();

    Triggers triggers();

    Converge converge();

    /** How long after a change one on another platform counts as made at the same time; zero: never. */
    Duration conflictWindow();

    Oscillation oscillation();

    /** What accounts are allowed, by platform, where that is not what the vendor's documentation says. */
    Map<String, Limit> limits();

    /** Which text of a platform's records other platforms may show, by platform; {@link Copy#ALL} where nothing is said. */
    Map<String, Copy> copy();

    Breaker breaker();

    Map<String, Webhook> webhooks();

    Api api();

    /** Which roles of an OpenID provider are which of the hub's. */
    Oidc oidc();

    /** The file with those who may log in; without one this host is trusted, and nobody logs in. */
    Optional<Path> usersFile();

    /** The NATS server. */
    interface Nats {
        /** What to do about streams and buckets at start. */
        enum Manage {
            CREATE,
            VERIFY
        }

        List<String> url();

        /** Path of a credentials file. */
        Optional<String> credentials();

        Manage manage();

        /** Replicas of streams and buckets that the hub creates; what exists is never weakened. */
        int replicas();

        Tls tls();

        /** TLS to the NATS server; without a trust store the JVM's own is used. */
        interface Tls {
            boolean enabled();

            Optional<String> trustStore();

            Optional<String> trustStorePassword();
        }
    }

    /** First signs. */
    interface Triggers {
        Set<String> sources();

        /** Older triggers are confirmed by their platform before anything is opened. */
        Duration maxAge();

        /** How many new incidents of one source are opened within a minute at most, over all hubs; further ones are held. 0: no limit. */
        int perMinute();
    }

    /** Bringing the platforms to the desired state. */
    interface Converge {
        /** How long one pass waits for the slowest platform before it goes on without it. */
        Duration patience();

        /** How long a hub may work on an incident before another hub takes it over; longer than any platform's timeout. */
        Duration lease();

        /** First and longest wait after a failed pass; in between it doubles, with jitter. */
        Duration backOffFirst();

        Duration backOffLongest();

        /**
         * How long after a second create the first one, of unknown outcome, is looked for once more; where the platform has a
         * unique key, how long after the end of the incident it is looked for in every pass.
         */
        Duration recheck();

        /** How long after a refused create of an incident that still stands it is made again, up to a day after its beginning. */
        Duration retryRefused();

        /** How many incidents a hub works on at once; a quarter is kept for new ones. */
        int concurrency();

        /** How often the whole work set is listed again, to find what the watch has missed. */
        Duration relist();
    }

    /** A field of an incident that goes back and forth. */
    interface Oscillation {
        /** How often it may return to the value that it had before, within {@link #window}; more freezes it. */
        int returns();

        Duration window();
    }

    /** The rate limit of an account. */
    interface Limit {
        /** Calls in {@link #per}, at least 1; of each endpoint where endpoints have limits of their own. */
        long calls();

        /** The length of the vendor's window. */
        Duration per();
    }

    /** Platforms that do not answer. */
    interface Breaker {
        /** How long such a platform is left alone at first; doubled from try to try, with jitter. */
        Duration waitFirst();

        /** No such wait is longer. */
        Duration waitLongest();
    }

    /** Ways to be heard beside the page; none is used that is not configured. */
    interface Fallback {
        /** How long one message may take to be sent. */
        Duration timeout();

        Web webhook();

        Mail mail();

        Events events();

        /** A POST with a JSON body. */
        interface Web {
            Optional<String> url();

            /** Sent as a bearer token, if there is one. */
            Optional<String> token();
        }

        /** A mail by SMTP. */
        interface Mail {
            /** How the connection is protected. */
            enum Tls {
                NONE,
                STARTTLS,
                TLS
            }

            Optional<String> host();

            int port();

            Tls tls();

            Optional<String> user();

            Optional<String> password();

            Optional<String> from();

            Optional<List<String>> to();
        }

        /** An event of the Events API, version 2. */
        interface Events {
            String url();

            /** The integration's key, also called routing key. */
            Optional<String> key();
        }
    }

    /** One webhook endpoint. */
    interface Webhook {
        /** Up to two accepted secrets, for rotation. None: the webhook endpoint stays closed. */
        Optional<List<String>> secret();
    }

    /** The REST API: the bearer tokens of programs, one for each role. */
    interface Oidc {
        /** Any of these is a viewer. */
        List<String> viewer();

        /** Any of these is an operator. */
        List<String> operator();

        /** Any of these is an admin. */
        List<String> admin();
    }

    interface Api {
        /** Reads. */
        Optional<String> viewerToken();

        /** The operator's: also does what operators do. */
        Optional<String> token();

        /** Also reads messages that pass through routes. */
        Optional<String> adminToken();
    }

    /** Traces for OpenTelemetry. */
    interface Tracing {

        /** Whether what is done for a signal is traced. */
        boolean enabled();

        /** Of the collector, by OTLP over HTTP; {@code /v1/traces} is added. */
        String endpoint();
    }
}
