/**
 * Whether a platform may be called now, and who goes first when not all may: pauses, waits that the vendor asked for, the
 * circuit breaker and the rate limits of one platform, and the list of what waits for them. Plain Java; times are counted by
 * the monotonic clock of this process.
 */
package io.xtribe.fusionhub.platform.availability;
