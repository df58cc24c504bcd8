package io.xtribe.fusionhub.trace;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;

/** Spans by the SDK of OpenTelemetry, sent to a collector by OTLP over HTTP. None of its classes is loaded while nothing is traced. */
final class OpenTelemetryTraces implements Traces.Maker, AutoCloseable {

    private static final String PATH = "/v1/traces";
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final long FLUSH_SECONDS = 2;
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    /** Reads the one header that stands for itself. */
    private static final TextMapGetter<String> PARENT = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(Traces.HEADER);
        }

        @Override
        public String get(String carrier, String key) {
            return Traces.HEADER.equals(key) ? carrier : null;
        }
    };

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /**
     * Ready to make spans.
     *
     * @param endpoint of the collector, such as {@code http://localhost:4318}
     * @param hub the name of this process
     */
    OpenTelemetryTraces(String endpoint, String hub) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.replaceFirst("/$", "") + PATH)
                .build();
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(
                                AttributeKey.stringKey("service.name"),
                                "fusion-hub",
                                AttributeKey.stringKey("service.instance.id"),
                                hub))))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(BETWEEN)
                        .build())
                .build();
        tracer = provider.get("io.xtribe.fusionhub");
    }

    @Override
    public Trace begin(String name, Traces.Kind kind, String parent) {
        var span = tracer.spanBuilder(name).setSpanKind(SpanKind.valueOf(kind.name()));
        if (parent != null && !parent.isEmpty()) {
            span.setParent(W3C.extract(Context.root(), parent, PARENT));
        }
        return new Begun(span.startSpan());
    }

    @Override
    public void inject(BiConsumer<String, String> header) {
        W3C.inject(Context.current(), header, (carrier, name, value) -> header.accept(name, value));
    }

    @Override
    public String header() {
        return header(Span.current());
    }

    private static String header(Span span) {
        var context = span.getSpanContext();
        return context.isValid()
                ? "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                        + context.getTraceFlags().asHex()
                : "";
    }

    @Override
    public void close() {
        provider.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
    }

    private record Begun(Span span) implements Trace {

        @Override
        public Trace with(String attribute, String value) {
            span.setAttribute(attribute, value);
            return this;
        }

        @Override
        public void failed(String why) {
            span.setStatus(StatusCode.ERROR, why == null ? "" : why);
        }

        @Override
        public String header() {
            return OpenTelemetryTraces.header(span);
        }

        @Override
        public String id() {
            return span.getSpanContext().getTraceId();
        }

        @Override
        public Current current() {
            var scope = span.makeCurrent();
            var fields = LogFields.with(Map.of("traceId", id()));
            return () -> {
                fields.close();
                scope.close();
            };
        }

        @Override
        public void end() {
            span.end();
        }
    }
}
