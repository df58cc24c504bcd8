# The hub, its jobs and the sandbox in one image. `serve` is the default; `job <name> ...` and `sandbox ...` are the others.
#
#   docker build -t fusion-hub .
#
# Without a registry or Maven Central: --build-arg BUILD_IMAGE=... and so on name local images, and APPLICATION=packaged
# takes target/quarkus-app as `./mvnw package` has left it, so that the build image needs no more than a shell and the usual commands.
ARG BUILD_IMAGE=eclipse-temurin:25-jdk
ARG NATS_IMAGE=nats:2-alpine
ARG RUN_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
ARG APPLICATION=compiled
WORKDIR /src
COPY . .
RUN case "${APPLICATION}" in \
      compiled) rm -rf target && ./mvnw -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true package ;; \
      packaged) test -f target/quarkus-app/quarkus-run.jar || { echo "there is no target/quarkus-app: run ./mvnw package" >&2; exit 1; } ;; \
      *) echo "APPLICATION is compiled or packaged" >&2; exit 1 ;; \
    esac && chmod 755 bin/container-entrypoint && chmod -R go+rX target/quarkus-app

FROM ${NATS_IMAGE} AS nats

FROM ${RUN_IMAGE} AS runtime
COPY --from=build /src/LICENSE /src/bin/container-entrypoint /opt/fusion/
COPY --from=build /src/target/quarkus-app /opt/fusion/quarkus-app
WORKDIR /opt/fusion

# The cache fits one JRE, and jars of this path, size and time: it is made on top of the very layer that it is used on. A hub
# lives through some hundred triggers for it, with a NATS server and a sandbox on this stage's loopback.
FROM runtime AS training
COPY --from=nats /usr/local/bin/nats-server /usr/local/bin/nats-server
RUN mkdir /opt/fusion/aot && chown 10001:10001 /opt/fusion/aot
USER 10001:10001
RUN java -jar quarkus-app/quarkus-run.jar aot-cache && rm -f aot/*.lock && ls aot/*.args

FROM runtime
LABEL org.opencontainers.image.title="xTribe Fusion Hub" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=training /opt/fusion/aot /opt/fusion/aot
# By number, so that Kubernetes can see that it is not root.
USER 10001:10001
# 8080 webhooks and API; 9000 health and metrics, on loopback unless QUARKUS_MANAGEMENT_HOST says otherwise; 9400 the sandbox.
EXPOSE 8080 9000 9400
# Kubernetes asks by its own probes.
HEALTHCHECK NONE
ENTRYPOINT ["/opt/fusion/container-entrypoint"]
CMD ["serve"]
