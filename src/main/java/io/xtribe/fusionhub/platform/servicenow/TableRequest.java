package io.xtribe.fusionhub.platform.servicenow;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.apache.camel.component.servicenow.ServiceNowParams;

import io.xtribe.fusionhub.platform.PlatformRequest;

/**
 * A request of the Table API in the headers by which camel-servicenow is told what to do.
 *
 * @param headers by name
 */
record TableRequest(Map<String, Object> headers) {

    private static final Pattern PATH = Pattern.compile("/api/now/table/(?<table>\\w+)(/(?<id>[^/]+))?");
    private static final Map<String, String> ACTIONS = Map.of(
            "GET", ServiceNowConstants.ACTION_RETRIEVE,
            "POST", ServiceNowConstants.ACTION_CREATE,
            "PUT", ServiceNowConstants.ACTION_MODIFY,
            "PATCH", ServiceNowConstants.ACTION_UPDATE,
            "DELETE", ServiceNowConstants.ACTION_DELETE);

    /** @throws IllegalArgumentException for a path or a parameter that camel-servicenow cannot send */
    static TableRequest of(PlatformRequest request) {
        var path = PATH.matcher(request.path());
        if (!path.matches()) {
            throw new IllegalArgumentException("no path of the Table API: " + request.path());
        }
        var headers = new TreeMap<String, Object>();
        headers.put(ServiceNowConstants.ACTION, ACTIONS.get(request.method()));
        headers.put(ServiceNowParams.PARAM_TABLE_NAME.getHeader(), path.group("table"));
        if (path.group("id") != null) {
            headers.put(ServiceNowParams.PARAM_SYS_ID.getHeader(), decoded(path.group("id")));
        }
        if (!request.query().isEmpty()) {
            for (var parameter : request.query().split("&")) {
                var name = parameter.substring(0, parameter.indexOf('='));
                headers.put(header(name), decoded(parameter.substring(name.length() + 1)));
            }
        }
        return new TableRequest(headers);
    }

    private static String header(String name) {
        for (var known : ServiceNowParams.values()) {
            if (name.equals(known.getId())) {
                return known.getHeader();
            }
        }
        throw new IllegalArgumentException("camel-servicenow cannot send the parameter " + name);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
