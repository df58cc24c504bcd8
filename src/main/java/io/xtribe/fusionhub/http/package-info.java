/**
 * Bounds for every HTTP connection: how many there are, how long a request may take to come in, how
 * much is read ahead. Works on Netty's pipeline, in front of Vert.x, so that nothing is buffered before it is counted.
 * Why here: docs/adr/0015-connections-are-bounded-in-front-of-vertx.md.
 */
package io.xtribe.fusionhub.http;
