/** Families of meters that differ in their labels. Names, labels and what they say: docs/metrics.md. */
package io.xtribe.fusionhub.metrics;
