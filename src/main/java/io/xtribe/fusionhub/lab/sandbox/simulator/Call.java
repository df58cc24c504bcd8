package io.xtribe.fusionhub.lab.sandbox.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One call that arrived at a platform's API: what it asked, what it was about, and how it ended. */
final class Call {
    final long sequence;
    final long at;
    final Platform platform;
    final String operation;
    final boolean write;
    private final String method;
    private final String path;
    private Long answeredAt;
    private Integer status;
    private String record;
    private String key;
    private String title;

    Call(long sequence, Platform platform, String operation, String method, String path, boolean write) {
        this.sequence = sequence;
        this.at = System.currentTimeMillis();
        this.platform = platform;
        this.operation = operation;
        this.method = method;
        this.path = path;
        this.write = write;
    }

    void about(String aboutRecord, String aboutKey, String aboutTitle) {
        record = aboutRecord;
        key = aboutKey;
        title = aboutTitle;
    }

    void answered(int answerStatus) {
        answeredAt = System.currentTimeMillis();
        status = answerStatus;
    }

    ObjectNode toJson() {
        return Json.object()
                .put("seq", sequence)
                .put("at", at)
                .put("answeredAt", answeredAt)
                .put("platform", platform.key())
                .put("operation", operation)
                .put("method", method)
                .put("path", path)
                .put("status", status)
                .put("write", write)
                .put("record", record)
                .put("key", key)
                .put("title", title);
    }
}
