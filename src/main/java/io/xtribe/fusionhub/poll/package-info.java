/** Polls: what no webhook has told is read from the platforms from time to time, and fed in at the entrance of webhooks. */
@Value.Style(builtinContainerAttributes = false, validationMethod = Value.Style.ValidationMethod.NONE)
package io.xtribe.fusionhub.poll;

import org.immutables.value.Value;
