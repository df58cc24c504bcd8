package io.xtribe.fusionhub.console.hawtio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.jolokia.json.JSONStructure;
import org.jolokia.server.core.config.StaticConfiguration;
import org.jolokia.server.core.http.HttpRequestHandler;
import org.jolokia.server.core.request.BadRequestException;
import org.jolokia.server.core.request.EmptyResponseException;
import org.jolokia.server.core.service.JolokiaServiceManagerFactory;
import org.jolokia.server.core.service.api.JolokiaServiceManager;
import org.jolokia.server.core.service.impl.ClasspathServiceCreator;
import org.jolokia.server.core.service.impl.QuietLogHandler;

import io.xtribe.fusionhub.console.jmx.JmxAsker;
import io.xtribe.fusionhub.incident.IncidentJson;

/** Passes Hawtio's requests to the MBeans by Jolokia, which is made when somebody asks for the first time. */
@Singleton
class JolokiaBridge {

    private static final Map<String, String> SETTINGS = Map.of(
            "agentId", "fusion-hub",
            "agentContext", HawtioConsole.JOLOKIA,
            "discoveryEnabled", "false",
            "allowErrorDetails", "false",
            "includeStackTrace", "false",
            "serializeException", "false");
    private static final Set<String> PARAMETERS = Set.of(
            "maxDepth",
            "maxCollectionSize",
            "maxObjects",
            "ignoreErrors",
            "canonicalNaming",
            "serializeLong",
            "listKeys",
            "listCache");

    private static final Set<String> TYPES = Set.of("read", "write", "exec", "list", "search", "version");
    private static final byte[] VERSION = "{\"type\":\"version\"}".getBytes(StandardCharsets.UTF_8);

    private final ThreadLocal<Boolean> isAdmin = ThreadLocal.withInitial(() -> false);
    private final HawtioAudit audit;
    private JolokiaServiceManager services;
    private HttpRequestHandler handler;

    JolokiaBridge(HawtioAudit audit) {
        this.audit = audit;
    }

    /**
     * Answers a request, or an array of them.
     *
     * @return the answer as JSON
     * @throws BadRequestException when it is none
     * @throws EmptyResponseException when nothing is to be answered
     */
    String answer(byte[] request, MultiMap query, Visitor visitor) throws BadRequestException, EmptyResponseException {
        isAdmin.set(visitor.isAdmin());
        try {
            var answer = JmxAsker.as(
                    visitor.name(), () -> ask(request, parameters(query)).toJSONString());
            audit.tell(request, answer, visitor);
            return answer;
        } catch (Wrapped e) {
            if (e.getCause() instanceof BadRequestException bad) {
                throw bad;
            }
            throw (EmptyResponseException) e.getCause();
        } finally {
            isAdmin.remove();
        }
    }

    /** Which Jolokia this is; by a GET nothing else is answered. */
    String version() {
        try {
            return ask(VERSION, Map.of()).toJSONString();
        } catch (Wrapped e) {
            throw new IllegalStateException("Jolokia does not tell its version", e);
        }
    }

    /**
     * Whether a request, or one of an array, asks for what Hawtio does not: to be notified, which the restrictor is not asked about, or for
     * MBeans of another process.
     */
    static boolean isForeign(byte[] request) {
        try {
            var read = IncidentJson.mapper().readTree(request);
            return read.isArray()
                    ? StreamSupport.stream(read.spliterator(), false).anyMatch(JolokiaBridge::isForeign)
                    : isForeign(read);
        } catch (IOException e) {
            // Jolokia says that it is no request.
            return false;
        }
    }

    private static boolean isForeign(JsonNode request) {
        return request.has("target")
                || !TYPES.contains(request.path("type").asText().toLowerCase(Locale.ROOT));
    }

    private JSONStructure ask(byte[] request, Map<String, String[]> parameters) {
        var current = handler();
        try {
            return current.handlePostRequest(
                    HawtioConsole.JOLOKIA, new ByteArrayInputStream(request), "UTF-8", parameters);
        } catch (BadRequestException | EmptyResponseException e) {
            throw new Wrapped(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String[]> parameters(MultiMap query) {
        var known = new HashMap<String, String[]>();
        PARAMETERS.stream().filter(query::contains).forEach(name -> known.put(name, new String[] {query.get(name)}));
        return known;
    }

    private synchronized HttpRequestHandler handler() {
        if (handler == null) {
            services = JolokiaServiceManagerFactory.createJolokiaServiceManager(
                    new StaticConfiguration(SETTINGS), new QuietLogHandler(), new HawtioRestrictor(isAdmin::get));
            services.addServices(new ClasspathServiceCreator(JolokiaBridge.class.getClassLoader(), "services"));
            handler = new HttpRequestHandler(services.start());
        }
        return handler;
    }

    @PreDestroy
    synchronized void stop() {
        if (services != null) {
            services.stop();
        }
    }

    private static final class Wrapped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrapped(Exception cause) {
            super(cause);
        }
    }
}
