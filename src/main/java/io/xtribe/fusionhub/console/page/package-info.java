/** The operators' page: server-rendered, read from the index and the stores, and steering over the REST API only. */
package io.xtribe.fusionhub.console.page;
