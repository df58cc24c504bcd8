/** Traces for OpenTelemetry, and the fields of log lines that go with them. Off, it costs a look at one field. */
package io.xtribe.fusionhub.trace;
