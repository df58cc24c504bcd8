package io.xtribe.fusionhub.console.hawtio;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

import org.jolokia.server.core.util.RequestType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is allowed to whom; all else is not. */
class HawtioRestrictorTest {

    private static final String CAMEL = "org.apache.camel:context=fusion,";
    private static final String CONTEXT = CAMEL + "type=context,name=fusion";
    private static final String ROUTE = CAMEL + "type=routes,name=\"incident-converge\"";
    private static final String ENDPOINT = CAMEL + "type=endpoints,name=\"direct://x\"";
    private static final String TRACER = CAMEL + "type=tracer,name=BacklogTracer";
    private static final String DEBUGGER = CAMEL + "type=tracer,name=BacklogDebugger";
    private static final String RUNTIME = "java.lang:type=Runtime";

    private final HawtioRestrictor forOperators = new HawtioRestrictor(() -> false);
    private final HawtioRestrictor forAdmins = new HawtioRestrictor(() -> true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ROUTE + "|start()",
                ROUTE + "|stop",
                ROUTE + "|suspend ( )",
                ROUTE + "|resume()",
                ROUTE + "|dumpRouteAsXml()",
                ROUTE + "|dumpRouteStatsAsXml(java.lang.Boolean,java.lang.Boolean)",
                CONTEXT + "|dumpRoutesAsXml( )",
                CONTEXT + "|dumpRoutesStatsAsXml(boolean,boolean)",
                CONTEXT + "|suspend()",
                ENDPOINT + "|queueSize()",
                "java.lang:type=Threading|dumpAllThreads(boolean,boolean)",
                "io.xtribe.fusionhub:type=Work|retry(java.lang.String,java.lang.String)",
                "io.xtribe.fusionhub:type=Platform,name=datadog|pause",
            })
    void letsOperatorsLookAndSteer(String bean, String operation) {
        assertThat(forOperators.isOperationAllowed(name(bean), operation)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                TRACER + "|setEnabled(boolean)",
                TRACER + "|clear()",
                TRACER + "|dumpAllTracedMessagesAsXml()",
                TRACER + "|dumpTracedMessagesAsXml(java.lang.String)",
                ENDPOINT + "|browseAllMessagesAsXml(java.lang.Boolean)",
                ENDPOINT + "|browseRangeMessagesAsXml(java.lang.Integer,java.lang.Integer,java.lang.Boolean)",
            })
    void showsBodiesOfMessagesToAdminsOnly(String bean, String operation) {
        assertThat(forAdmins.isOperationAllowed(name(bean), operation)).isTrue();
        assertThat(forOperators.isOperationAllowed(name(bean), operation)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                CONTEXT + "|sendBody",
                CONTEXT + "|sendBody(java.lang.String,java.lang.Object)",
                CONTEXT + "| sendStringBody (java.lang.String,java.lang.String)",
                CONTEXT + "|requestBody(java.lang.String,java.lang.Object)",
                CONTEXT + "|createEndpoint(java.lang.String)",
                CONTEXT + "|dumpRoutesAsXml(boolean)",
                CONTEXT + "|dumpRoutesAsXml",
                CONTEXT + "|stop()",
                ROUTE + "|updateRouteFromXml(java.lang.String)",
                ROUTE + "|remove()",
                ROUTE + "|startx()",
                ROUTE + "|",
                TRACER + "|setTraceFilter(java.lang.String)",
                DEBUGGER + "|enableDebugger()",
                DEBUGGER + "|clear()",
                DEBUGGER + "|addConditionalBreakpoint(java.lang.String,java.lang.String,java.lang.String)",
                CAMEL + "type=processors,name=\"x\"|stop()",
                "java.lang:type=Memory|gc()",
                "java.lang:type=Threading|resetPeakThreadCount()",
                "com.sun.management:type=HotSpotDiagnostic|dumpHeap(java.lang.String,boolean)",
                "evil:type=Work|retry",
                "io.xtribe.fusionhub.more:type=Work|retry",
            })
    void refusesAllElseToAdminsToo(String bean, String operation) {
        assertThat(forAdmins.isOperationAllowed(name(bean), operation == null ? "" : operation))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SystemProperties", " InputArguments", "ClassPath", "BootClassPath", "LibraryPath"})
    void withholdsWhatAProcessWasStartedWith(String attribute) {
        assertThat(forAdmins.isAttributeReadAllowed(name(RUNTIME), attribute)).isFalse();
    }

    @Test
    void showsAttributesOfThreeDomains() {
        assertThat(forOperators.isAttributeReadAllowed(name(RUNTIME), "Uptime")).isTrue();
        assertThat(forOperators.isAttributeReadAllowed(name(ROUTE), "State")).isTrue();
        assertThat(forOperators.isAttributeReadAllowed(name("io.xtribe.fusionhub:type=Work"), "Size"))
                .isTrue();
        var logging = name("java.util.logging:type=Logging");
        assertThat(forAdmins.isAttributeReadAllowed(logging, "LoggerNames")).isFalse();
        assertThat(forAdmins.isObjectNameHidden(logging)).isTrue();
        assertThat(forAdmins.isObjectNameHidden(name(ROUTE))).isFalse();
    }

    @Test
    void letsNothingBeWrittenButHowAnAdminTraces() {
        assertThat(forAdmins.isAttributeWriteAllowed(name(TRACER), "Enabled")).isTrue();
        assertThat(forAdmins.isAttributeWriteAllowed(name(TRACER), "TraceFilter"))
                .isFalse();
        assertThat(forAdmins.isAttributeWriteAllowed(name(DEBUGGER), "Enabled")).isFalse();
        assertThat(forAdmins.isAttributeWriteAllowed(name(ROUTE), "TracingEnabled"))
                .isFalse();
        assertThat(forOperators.isAttributeWriteAllowed(name(TRACER), "Enabled"))
                .isFalse();
    }

    @Test
    void answersNeitherConfigurationNorNotifications() {
        assertThat(forAdmins.isTypeAllowed(RequestType.CONFIG)).isFalse();
        assertThat(forAdmins.isTypeAllowed(RequestType.NOTIFICATION)).isFalse();
        assertThat(forOperators.isTypeAllowed(RequestType.EXEC)).isTrue();
        assertThat(JolokiaBridge.isForeign("{\"type\":\"read\"}".getBytes())).isFalse();
        assertThat(JolokiaBridge.isForeign("[{\"type\":\"read\"},{\"type\":\"Notification\"}]".getBytes()))
                .isTrue();
        assertThat(JolokiaBridge.isForeign("[{\"type\":\"read\",\"target\":{}}]".getBytes()))
                .isTrue();
    }

    private static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
