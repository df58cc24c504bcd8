package io.xtribe.fusionhub;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** Every {@code fusion.*} key. {@code application.properties} is the reference; an unknown key fails the start. */
@ConfigMapping(prefix = "fusion")
public interface FusionConfig {

    /** Whether platforms are written to. */
    enum Mode {
        SYNC,
        OBSERVE
    }

    /** {@code sync}, or {@code observe}: no platform is written to, the timeline says what would have been. */
    @WithDefault("sync")
    Mode mode();

    /** Which priorities open incidents. */
    @WithDefault("P1,P2")
    List<String> priorities();

    /** Which platforms take part. */
    @WithDefault("datadog,servicenow,pagerduty")
    List<String> platforms();

    /** An incident of an opened priority that is not paged by then is counted and logged. */
    @WithDefault("60s")
    Duration pageDeadline();

    /** How often a paused platform is asked whether it takes our credentials again. */
    @WithDefault("60s")
    Duration probe();

    /** The platform whose record is the page. */
    @WithDefault("pagerduty")
    String pagingPlatform();

    Nats nats();

    Births births();

    Converge converge();

    Map<String, Webhook> webhooks();

    Api api();

    Datadog datadog();

    Servicenow servicenow();

    Pagerduty pagerduty();

    /** The NATS server. */
    interface Nats {
        /** What to do about streams and buckets at start. */
        enum Manage {
            CREATE,
            VERIFY
        }

        @WithDefault("nats://localhost:4222")
        List<String> url();

        /** Path of a credentials file. */
        Optional<String> credentials();

        @WithDefault("create")
        Manage manage();

        /** Replicas of streams and buckets that the hub creates; what exists is never weakened. */
        @WithDefault("1")
        int replicas();

        Tls tls();

        /** TLS to the NATS server; without a trust store the JVM's own is used. */
        interface Tls {
            @WithDefault("false")
            boolean enabled();

            Optional<String> trustStore();

            Optional<String> trustStorePassword();
        }
    }

    /** First signs. */
    interface Births {
        @WithDefault("datadog.monitor,datadog.incident,servicenow,pagerduty.manual")
        Set<String> sources();

        /** Older births are confirmed by their platform before anything is opened. */
        @WithDefault("15m")
        Duration maxAge();
    }

    /** Bringing the platforms to the desired state. */
    interface Converge {
        /** How long one pass waits for the slowest platform before it goes on without it. */
        @WithDefault("2s")
        Duration patience();

        /** How long a hub may work on an incident unseen; longer than any platform's timeout. */
        @WithDefault("30s")
        Duration lease();

        /** First and longest wait after a failed pass; in between it doubles, with jitter. */
        @WithDefault("1s")
        Duration backOffFirst();

        @WithDefault("5m")
        Duration backOffLongest();

        /** How many incidents a hub works on at once. */
        @WithDefault("256")
        int concurrency();

        /** How often the whole work set is listed again, whatever the watch told. */
        @WithDefault("30s")
        Duration relist();

        /** How long after a second create its predecessor of unknown outcome is looked for once more. */
        @WithDefault("5m")
        Duration recheck();
    }

    /** One webhook door. */
    interface Webhook {
        /** Up to two accepted secrets, for rotation. None: the door stays closed. */
        Optional<List<String>> secret();
    }

    /** The REST API. */
    interface Api {
        /** Bearer token for other hosts; loopback is let in. */
        Optional<String> token();
    }

    /** What all platforms have. */
    interface Platform {
        /** Base URL: the API paths follow it. */
        URI url();

        /** Connections and calls in flight. */
        @WithDefault("32")
        int concurrency();

        /** Longest time for one call, connecting included. */
        @WithDefault("10s")
        Duration timeout();

        /** How long after a failed create a late commit or a lagging search may still bring its record up. */
        @WithDefault("60s")
        Duration settle();

        /** The records that one incident has there, the first being the one that others link to. */
        List<String> parts();

        /** Whether the platform itself refuses a second open record with our key. */
        boolean uniqueKey();
    }

    /** Datadog. */
    interface Datadog extends Platform {
        @Override
        @WithDefault("https://api.datadoghq.com")
        URI url();

        /** Forms the links that people open. */
        @WithDefault("https://app.datadoghq.com")
        URI appUrl();

        Optional<String> apiKey();

        Optional<String> appKey();

        /** The Case Management project that cases go to. */
        Optional<String> projectId();

        /** The case type, by default the built-in Standard. */
        @WithDefault("00000000-0000-0000-0000-000000000001")
        String caseTypeId();

        /** Key of a TEXT custom attribute of the case type that holds our key, so that a search finds it. */
        Optional<String> caseAttribute();

        /** Name of a text-array field of incidents that holds our key, so that a search finds it. */
        Optional<String> incidentField();

        /** Which monitor transitions open incidents. */
        @WithDefault("Triggered,No Data")
        Set<String> birthsOn();

        @Override
        @WithDefault("incident,case")
        List<String> parts();

        @Override
        @WithDefault("false")
        boolean uniqueKey();
    }

    /** ServiceNow. */
    interface Servicenow extends Platform {
        /** Stands for a URL where ServiceNow takes no part; with it the hub does not start otherwise. */
        String UNSET = "https://unset.invalid";

        @Override
        @WithDefault(UNSET)
        URI url();

        Optional<String> username();

        Optional<String> password();

        Optional<String> clientId();

        Optional<String> clientSecret();

        /** sys_id of the caller that incidents are opened for. */
        Optional<String> callerId();

        /** sys_id of the group that owns incidents without a routing hint. */
        Optional<String> assignmentGroup();

        /** The instance's choice for the resolution code when the hub resolves. */
        @WithDefault("Solution provided")
        String closeCode();

        @Override
        @WithDefault("incident")
        List<String> parts();

        @Override
        @WithDefault("false")
        boolean uniqueKey();
    }

    /** PagerDuty. */
    interface Pagerduty extends Platform {
        @Override
        @WithDefault("https://api.pagerduty.com")
        URI url();

        Optional<String> token();

        /** E-mail of the login user that acts for the hub. */
        Optional<String> from();

        /** The service that is paged without a routing hint. */
        Optional<String> serviceId();

        /** Escalation policy; by default the service's own. */
        Optional<String> escalationPolicyId();

        @Override
        @WithDefault("incident")
        List<String> parts();

        @Override
        @WithDefault("true")
        boolean uniqueKey();

        /** Longest time between two readings of the account's priorities. */
        @WithName("priorities-refresh")
        @WithDefault("1h")
        Duration prioritiesRefresh();
    }
}
