package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.ext.web.RoutingContext;

/** Builds one readable HTML page: every text is escaped and every URL in it can be clicked. */
public final class Page {
    private static final Pattern URL = Pattern.compile("https?://[^\\s<>\"'\\])]+");
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;color:#1c2733;background:#f6f7f9;margin:0}
            header{background:#fff;border-bottom:3px solid #5b3fd6;padding:14px 28px}
            header small{color:#66707c;text-transform:uppercase;letter-spacing:.06em}
            h1{font-size:22px;margin:2px 0}h2{font-size:15px;margin:26px 0 8px;color:#414c58}
            main{max-width:960px;padding:4px 28px 48px}
            table{border-collapse:collapse;width:100%;background:#fff;border:1px solid #dde1e6;border-radius:6px}
            th,td{text-align:left;vertical-align:top;padding:7px 12px;border-top:1px solid #eceef1}
            th{width:190px;color:#66707c;font-weight:500}tr:first-child>*{border-top:0}
            td{white-space:pre-wrap;overflow-wrap:anywhere}a{color:#3a2bb0}p.none{color:#8a939d}
            nav{padding:8px 28px;font-size:13px}
            """;

    private final StringBuilder html = new StringBuilder(2048);

    public Page(String kind, String title) {
        html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(escape(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><nav><a href=\"/\">All records of the sandbox</a></nav><header><small>")
                .append(escape(kind))
                .append("</small><h1>")
                .append(escape(title))
                .append("</h1></header><main>");
    }

    public Page section(String heading) {
        html.append("<h2>").append(escape(heading)).append("</h2>");
        return this;
    }

    public Page open() {
        html.append("<table>");
        return this;
    }

    public Page row(String name, String text) {
        html.append("<tr><th>")
                .append(escape(name))
                .append("</th><td>")
                .append(linked(text))
                .append("</td></tr>");
        return this;
    }

    public Page row(String... cells) {
        html.append("<tr>");
        for (String cell : cells) {
            html.append("<td>").append(linked(cell)).append("</td>");
        }
        html.append("</tr>");
        return this;
    }

    public Page close() {
        html.append("</table>");
        return this;
    }

    public Page none(String text) {
        html.append("<p class=\"none\">").append(escape(text)).append("</p>");
        return this;
    }

    public void answer(RoutingContext context, int status) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .end(html + "</main></body></html>");
    }

    /** The page for a record that does not exist. */
    public static void missing(RoutingContext context, String what) {
        new Page("Not found", what + " does not exist").answer(context, 404);
    }

    private static String linked(String text) {
        if (text == null) {
            return "";
        }
        Matcher matcher = URL.matcher(text);
        StringBuilder linked = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            String url = escape(matcher.group());
            linked.append(escape(text.substring(end, matcher.start())))
                    .append("<a href=\"")
                    .append(url)
                    .append("\">")
                    .append(url)
                    .append("</a>");
            end = matcher.end();
        }
        return linked.append(escape(text.substring(end))).toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
