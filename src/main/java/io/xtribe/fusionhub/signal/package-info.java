/**
 * What a platform says, read and checked. Plain Java: no Camel, no NATS, no HTTP. {@code @Value.Builder} works here as in the
 * package {@code incident}.
 */
@Value.Style(builtinContainerAttributes = false, validationMethod = Value.Style.ValidationMethod.NONE)
package io.xtribe.fusionhub.signal;

import org.immutables.value.Value;
