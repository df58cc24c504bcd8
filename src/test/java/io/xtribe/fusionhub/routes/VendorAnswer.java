package io.xtribe.fusionhub.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.xtribe.fusionhub.testing.SandboxClient;

/**
 * Something that a vendor, or whatever stands in front of it, may answer to a request.
 *
 * @param status the HTTP status
 * @param body what the answer holds
 * @param done whether the request has had its effect all the same
 */
record VendorAnswer(int status, Body body, boolean done) {

    /** Statuses that vendors document or that stand in front of them: proxies, filters, load balancers. */
    static final List<Integer> STATUSES = List.of(
            200, 201, 202, 204, 301, 302, 400, 401, 402, 403, 404, 405, 408, 409, 413, 415, 422, 425, 429, 500, 502,
            503, 504);

    /** What an answer holds. */
    enum Body {
        /** The vendor's own error. */
        OWN(null),
        HTML("<html><body>Access denied by a proxy</body></html>"),
        EMPTY(""),
        /** Cut in the middle. */
        CUT("{\"result\":[{\"sys_id\":\"9d385017c611"),
        /** An error beside an empty result, of each vendor. */
        ERROR_BESIDE("{\"result\":[],\"incidents\":[],\"data\":[],\"notes\":[],"
                + "\"error\":{\"message\":\"the transaction was ended\"},\"errors\":[\"the request was ended\"],"
                + "\"status\":\"failure\"}"),
        /** What another operation answers. */
        OTHER("{\"users\":[],\"abilities\":[\"sso\"],\"meta\":{\"page\":{}}}"),
        NOTHING_IN_IT("{}");

        private final String text;

        Body(String text) {
            this.text = text;
        }
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }

    /** The next call of that operation is answered so, once. */
    void inject(SandboxClient sandbox, String platform, String operation) {
        var fault = sandbox.fault(platform, operation).status(status);
        if (body.text != null) {
            fault.body(status == 204 ? "" : body.text);
        }
        if (done) {
            fault.committed();
        }
        fault.inject();
    }

    /** Every status with every body, done or not where both may be: as many as there are, too many for each build. */
    static List<VendorAnswer> all() {
        var all = new ArrayList<VendorAnswer>();
        for (var status : STATUSES) {
            for (var body : Body.values()) {
                if (mayBe(status, body)) {
                    all.add(new VendorAnswer(status, body, false));
                    if (mayBeDone(status)) {
                        all.add(new VendorAnswer(status, body, true));
                    }
                }
            }
        }
        return all;
    }

    /**
     * Every status with some bodies, and the statuses that matter most with all of them.
     *
     * @param seed chooses the bodies
     */
    static List<VendorAnswer> some(long seed) {
        var random = new Random(seed);
        var all = new ArrayList<VendorAnswer>();
        for (var status : STATUSES) {
            for (var body : Body.values()) {
                var isImportant = status == 200 || status == 403;
                if ((isImportant || random.nextInt(Body.values().length) == 0) && mayBe(status, body)) {
                    all.add(new VendorAnswer(status, body, mayBeDone(status) && random.nextBoolean()));
                }
            }
        }
        return all;
    }

    /** The vendor's own error with a status of success is the case of an error beside a result. */
    private static boolean mayBe(int status, Body body) {
        return status / 100 != 2 || body != Body.OWN;
    }

    /** Only of a success, or of what says nothing, may it be so. */
    private static boolean mayBeDone(int status) {
        return status / 100 == 2 || status == 500 || status == 502 || status == 504;
    }

    @Override
    public String toString() {
        return status + " " + body + (done ? ", done" : "");
    }
}
