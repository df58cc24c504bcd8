/*
 * Reports to xTribe Fusion Hub what happens to incidents. "bin/fusion setup-webhooks --platform servicenow" prints this
 * script with its values filled in. To install it, as an administrator in the global scope:
 *
 * 1. System property fusion.hub.secret, private, read and written by admin only: the hub's secret for ServiceNow
 *    (FUSION_WEBHOOKS_SERVICENOW_SECRET). It is stored only there; this script holds no secret.
 * 2. Table u_fusion_outbox, with u_body (String, 100000), u_tries (Integer) and u_answer (String, 100).
 * 3. Script Include FusionHub: this file.
 * 4. Business Rule on incident, when: after, insert and update:
 *        (function executeRule(current, previous) { new FusionHub().tell(current, previous); })(current, previous);
 * 5. Business Rule on u_fusion_outbox, when: async, insert:
 *        (function executeRule(current, previous) { new FusionHub().send(current); })(current, previous);
 * 6. Scheduled Script Execution, every minute:
 *        new FusionHub().sendAgain();
 *
 * The first rule runs with the change and knows what it was; it only writes a row, so that no form waits for the hub.
 * The second sends the row and removes it once the hub has answered 2xx; what is left, the job sends again. Rows that
 * stay (u_tries is 10) were refused for what they are; u_answer says how.
 */
var FusionHub = Class.create();
FusionHub.prototype = {
    URL: '{{FUSION_URL}}',
    // Signs with the secret; else the secret is sent as it is, in X-Fusion-Token.
    SIGN: '{{FUSION_SIGN}}' === 'true',
    // What the hub itself writes is no news to it.
    HUB_USER: '{{FUSION_USER}}',
    SECRET_PROPERTY: 'fusion.hub.secret',
    MOST_REFUSALS: 10,

    TEXTS: ['sys_id', 'number', 'state', 'impact', 'urgency', 'priority', 'short_description', 'description',
        'correlation_id', 'correlation_display', 'close_code', 'close_notes', 'hold_reason', 'sys_mod_count',
        'sys_created_by', 'sys_created_on', 'sys_updated_on'],
    REFERENCES: ['caller_id', 'assignment_group', 'business_service', 'cmdb_ci'],
    JOURNALS: ['work_notes', 'comments'],
    WATCHED: ['state', 'impact', 'urgency', 'priority', 'short_description', 'description', 'caller_id',
        'assignment_group', 'business_service', 'cmdb_ci', 'close_code', 'close_notes', 'hold_reason', 'work_notes',
        'comments'],

    initialize: function () {},

    /** In the transaction of the change. */
    tell: function (current, previous) {
        if (gs.getUserName() === this.HUB_USER) {
            return;
        }
        var row = new GlideRecord('u_fusion_outbox');
        row.initialize();
        row.setValue('u_body', this.json(this.body(current, previous)));
        row.setValue('u_tries', 0);
        row.insert();
    },

    /**
     * In ASCII, so that the same bytes are signed and sent in any charset; and without the dollar sign, as
     * RESTMessageV2 takes a dollar sign and a brace for a variable of its own. Half a character, where a column was too
     * short for the whole, would be no JSON: a replacement character takes its place.
     */
    json: function (value) {
        var escaped = function (character) {
            return '\\u' + ('000' + character.charCodeAt(0).toString(16)).slice(-4);
        };
        return JSON.stringify(value).replace(/[\ud800-\udbff][\udc00-\udfff]|[\u007f-\uffff$]/g, function (found) {
            if (found.length === 2) {
                return escaped(found.charAt(0)) + escaped(found.charAt(1));
            }
            return /[\ud800-\udfff]/.test(found) ? '\\ufffd' : escaped(found);
        });
    },

    /** What the hub's mapping reads: raw values, but for the names of references. */
    body: function (current, previous) {
        var created = current.operation() === 'insert';
        var incident = {};
        var i;
        for (i = 0; i < this.TEXTS.length; i++) {
            incident[this.TEXTS[i]] = this.text(current, this.TEXTS[i]);
        }
        incident.previous_state = created ? '' : this.text(previous, 'state');
        incident.previous_priority = created ? '' : this.text(previous, 'priority');
        for (i = 0; i < this.REFERENCES.length; i++) {
            incident[this.REFERENCES[i]] = {
                value: this.text(current, this.REFERENCES[i]),
                display_value: String(current.getDisplayValue(this.REFERENCES[i]) || '')
            };
        }
        var changed = [];
        for (i = 0; !created && i < this.WATCHED.length; i++) {
            if (current[this.WATCHED[i]].changes()) {
                changed.push(this.WATCHED[i]);
            }
        }
        return {
            schema: 'servicenow-incident-1',
            event_id: String(gs.generateGUID()),
            event_type: created ? 'incident.created' : 'incident.updated',
            // Both columns are kept in UTC.
            occurred_at: this.text(current, created ? 'sys_created_on' : 'sys_updated_on').replace(' ', 'T') + 'Z',
            instance: String(gs.getProperty('instance_name')),
            updated_by: String(gs.getUserName()),
            changed: changed,
            incident: incident,
            journal: this.journal(current)
        };
    },

    /** What was written by this change only. */
    journal: function (current) {
        var entries = [];
        for (var i = 0; i < this.JOURNALS.length; i++) {
            if (current[this.JOURNALS[i]].changes()) {
                entries.push({
                    element: this.JOURNALS[i],
                    // The entry begins with a line that says when and by whom.
                    value: String(current[this.JOURNALS[i]].getJournalEntry(1)).replace(/^[^\n]*\n/, '').trim(),
                    created_by: String(gs.getUserName())
                });
            }
        }
        return entries;
    },

    /** Sends a row of the outbox, and removes it when the hub has it. Says whether it is worth sending the next one. */
    send: function (row) {
        var body = String(row.getValue('u_body'));
        var secret = String(gs.getProperty(this.SECRET_PROPERTY, ''));
        var request = new sn_ws.RESTMessageV2();
        request.setEndpoint(this.URL);
        request.setHttpMethod('post');
        request.setHttpTimeout(10000);
        request.setRequestHeader('Content-Type', 'application/json');
        if (this.SIGN) {
            // At the time of sending: the hub takes no signature that is older than five minutes.
            var timestamp = String(Math.floor(new Date().getTime() / 1000));
            request.setRequestHeader('X-Fusion-Timestamp', timestamp);
            request.setRequestHeader('X-Fusion-Signature', 'sha256=' + this.mac(secret, timestamp + '.' + body));
        } else {
            request.setRequestHeader('X-Fusion-Token', secret);
        }
        request.setRequestBody(body);
        var answer;
        try {
            answer = String(request.execute().getStatusCode());
        } catch (e) {
            answer = String(e.message || e);
        }
        if (/^2\d\d$/.test(answer)) {
            row.deleteRecord();
            return true;
        }
        // 401 and 404 end when the hub's settings are corrected, 408 and 429 are temporary: all rows wait, as in an outage.
        var refused = /^4\d\d$/.test(answer) && !/^4(01|04|08|29)$/.test(answer);
        if (refused) {
            row.setValue('u_tries', parseInt(row.getValue('u_tries') || '0', 10) + 1);
        }
        row.setValue('u_answer', answer.substring(0, 100));
        row.update();
        return refused;
    },

    /** The key has to be Base64, and so is what comes back. */
    mac: function (secret, text) {
        return new GlideCertificateEncryption().generateMac(GlideStringUtil.base64Encode(secret), 'HmacSHA256', text);
    },

    /** What is older than a minute, oldest first, as long as the hub is there. */
    sendAgain: function () {
        var row = new GlideRecord('u_fusion_outbox');
        row.addQuery('sys_created_on', '<', gs.minutesAgo(1));
        row.addQuery('u_tries', '<', this.MOST_REFUSALS);
        row.orderBy('sys_created_on');
        row.setLimit(500);
        row.query();
        while (row.next() && this.send(row)) {}
    },

    text: function (record, column) {
        return String(record.getValue(column) || '');
    },

    type: 'FusionHub'
};
