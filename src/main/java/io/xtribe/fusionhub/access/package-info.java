/** Who asks, and what they may do: users, sessions, tokens, and the trust in this host. */
package io.xtribe.fusionhub.access;
