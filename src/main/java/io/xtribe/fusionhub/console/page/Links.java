package io.xtribe.fusionhub.console.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;

/** What may stand in a link: addresses come from platforms, and so from strangers. */
final class Links {

    private Links() {}

    /** The address where it is one of a web page; else empty, so that no link is made. */
    static String web(String address) {
        try {
            var uri = new URI(address == null ? "" : address.strip());
            var isWeb = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return isWeb && uri.getHost() != null ? uri.toString() : "";
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /** The path with what of the query is not empty. */
    static String query(String path, Map<String, String> members) {
        var query = new StringJoiner("&", "?", "").setEmptyValue("");
        members.forEach((name, value) -> {
            if (!value.isEmpty()) {
                query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return path + query;
    }
}
