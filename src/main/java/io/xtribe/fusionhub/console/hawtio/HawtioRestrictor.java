package io.xtribe.fusionhub.console.hawtio;

import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.management.ObjectName;

import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;

import io.xtribe.fusionhub.console.jmx.DomainBeans;

/**
 * What may be done by Hawtio: what its pages need for looking at routes and for steering them, and the operations of the hub's own MBeans.
 * All else is refused. Why so tight: docs/adr/0040.
 */
final class HawtioRestrictor implements Restrictor {

    private static final String CAMEL = "org.apache.camel";
    private static final String JAVA = "java.lang";
    private static final Set<String> VISIBLE = Set.of(CAMEL, JAVA, DomainBeans.DOMAIN);

    /** They hold what was given to the process at its start, secrets among it. */
    private static final Set<String> HIDDEN_OF_RUNTIME =
            Set.of("SystemProperties", "InputArguments", "ClassPath", "BootClassPath", "LibraryPath");

    private static final Set<RequestType> TYPES = Set.of(
            RequestType.READ,
            RequestType.WRITE,
            RequestType.EXEC,
            RequestType.LIST,
            RequestType.SEARCH,
            RequestType.VERSION);

    /** As Hawtio calls them, without parameters: with one they would put our settings into the text of a route. */
    private static final Set<String> SOURCES = Set.of("dumpRoutesAsXml()", "dumpRouteAsXml()");

    private static final Set<String> COUNTERS =
            Set.of("dumpRoutesStatsAsXml", "dumpRouteStatsAsXml", "dumpStepStatsAsXml", "dumpRestsAsXml");

    private static final Map<String, Set<String>> BY_TYPE = Map.of(
            "routes", Set.of("start", "stop", "suspend", "resume", "restart", "reset", "isUpdateRouteEnabled"),
            // A context that is stopped has no MBeans, and could not be started again from here.
            "context", Set.of("start", "suspend", "resume", "componentNames"),
            "services",
                    Set.of("endpointStatistics", "listRestServices", "listEndpoints", "browse", "listTypeConverters"),
            "endpoints", Set.of("queueSize"));

    /** They show bodies and headers of messages. */
    private static final Map<String, Set<String>> BY_TYPE_FOR_ADMINS = Map.of(
            "endpoints", Set.of("browseAllMessagesAsXml", "browseRangeMessagesAsXml"),
            "tracer", Set.of("setEnabled", "clear", "dumpAllTracedMessagesAsXml", "dumpTracedMessagesAsXml"));

    /** How tracing is done; not what is traced, which is an expression. */
    private static final Set<String> WRITABLE_BY_ADMINS =
            Set.of("Enabled", "BodyMaxChars", "BodyIncludeStreams", "BodyIncludeFiles");

    /** Operations of routes, the context and the tracer that change something. */
    private static final Set<String> CHANGES =
            Set.of("start", "stop", "suspend", "resume", "restart", "reset", "setEnabled", "clear");

    private final BooleanSupplier isAdmin;

    /**
     * A restrictor.
     *
     * @param isAdmin whether whoever this thread works for is an admin
     */
    HawtioRestrictor(BooleanSupplier isAdmin) {
        this.isAdmin = isAdmin;
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName bean, String attribute) {
        return VISIBLE.contains(bean.getDomain())
                && !(isJava(bean, "Runtime") && (attribute == null || HIDDEN_OF_RUNTIME.contains(attribute.strip())));
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName bean, String attribute) {
        return isTracer(bean) && WRITABLE_BY_ADMINS.contains(attribute) && isAdmin.getAsBoolean();
    }

    /**
     * Jolokia gives the operation as it came: with or without the types of its parameters, and with blanks.
     */
    @Override
    public boolean isOperationAllowed(ObjectName bean, String operation) {
        return switch (bean.getDomain()) {
            case DomainBeans.DOMAIN -> true;
            case CAMEL -> isOfCamel(bean, operation.replaceAll("\\s", ""));
            case JAVA -> isJava(bean, "Threading") && name(operation).equals("dumpAllThreads");
            default -> false;
        };
    }

    private boolean isOfCamel(ObjectName bean, String operation) {
        var name = name(operation);
        var type = String.valueOf(bean.getKeyProperty("type"));
        return SOURCES.contains(operation)
                || COUNTERS.contains(name)
                || BY_TYPE.getOrDefault(type, Set.of()).contains(name)
                || (!type.equals("tracer") || isTracer(bean))
                        && BY_TYPE_FOR_ADMINS.getOrDefault(type, Set.of()).contains(name)
                        && isAdmin.getAsBoolean();
    }

    /** Whether a request would change something, allowed or not; what only reads is asked for every few seconds. */
    static boolean isChange(String type, String bean, String operation) {
        return type.equalsIgnoreCase("write")
                || type.equalsIgnoreCase("exec")
                        && (bean.startsWith(DomainBeans.DOMAIN + ":") || CHANGES.contains(name(operation)));
    }

    /** Not the debugger, which is of the same type. */
    private static boolean isTracer(ObjectName bean) {
        return CAMEL.equals(bean.getDomain())
                && "tracer".equals(bean.getKeyProperty("type"))
                && "BacklogTracer".equals(unquoted(bean.getKeyProperty("name")));
    }

    private static boolean isJava(ObjectName bean, String type) {
        return JAVA.equals(bean.getDomain()) && type.equals(bean.getKeyProperty("type"));
    }

    private static String unquoted(String value) {
        return value != null && value.startsWith("\"") ? ObjectName.unquote(value) : value;
    }

    private static String name(String operation) {
        var parameters = operation.indexOf('(');
        return (parameters < 0 ? operation : operation.substring(0, parameters)).strip();
    }

    @Override
    public boolean isObjectNameHidden(ObjectName bean) {
        return !VISIBLE.contains(bean.getDomain());
    }

    /** Who may ask at all, and from which page, is decided before. */
    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return true;
    }

    @Override
    public boolean isRemoteAccessAllowed(String... addresses) {
        return true;
    }

    @Override
    public boolean isOriginAllowed(String origin, boolean strictly) {
        return true;
    }
}
