/**
 * The record of an incident, and what signals and platforms' answers make of it. Plain Java: no Camel, no NATS, no HTTP.
 *
 * <p>A record of many members is annotated with {@code @Value.Builder}: Immutables generates its {@code with...} methods
 * and a builder, so that a new member is one line. The generated code neither checks nor copies anything; that is done by
 * the constructor.
 */
@Value.Style(builtinContainerAttributes = false, validationMethod = Value.Style.ValidationMethod.NONE)
package io.xtribe.fusionhub.incident;

import org.immutables.value.Value;
