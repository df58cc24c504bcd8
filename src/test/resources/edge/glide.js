// As much of ServiceNow's server-side objects as the script in vector/platforms uses. The test gives "host" (what Java does
// better) and reads "outbox", "requests"; it sets "answers", "user".
var Class = {
    create: function () {
        return function () {
            this.initialize.apply(this, arguments);
        };
    }
};

var user = 'jane.doe';
var properties = {instance_name: 'dev00000', 'fusion.hub.secret': 'servicenow-new-5be07d'};
var gs = {
    getUserName: function () { return user; },
    getProperty: function (name, otherwise) { return name in properties ? properties[name] : otherwise; },
    generateGUID: function () { return host.guid(); },
    minutesAgo: function (minutes) { return 1000 - minutes; }
};

var GlideStringUtil = {base64Encode: function (text) { return host.base64(text); }};

function GlideCertificateEncryption() {}
GlideCertificateEncryption.prototype.generateMac = function (key, algorithm, text) {
    return host.mac(key, algorithm, text);
};

/** The table u_fusion_outbox: every row is older than a minute. */
var outbox = [];
function GlideRecord() {
    this.values = {};
    this.filters = [];
}
GlideRecord.prototype = {
    initialize: function () { this.values = {sys_created_on: outbox.length}; },
    setValue: function (column, value) { this.values[column] = String(value); },
    getValue: function (column) { return column in this.values ? this.values[column] : null; },
    insert: function () { outbox.push(this.values); },
    update: function () {},
    deleteRecord: function () { outbox.splice(outbox.indexOf(this.values), 1); },
    addQuery: function (column, operator, value) {
        if (operator !== '<') { throw new Error('no such operator here: ' + operator); }
        this.filters.push(function (row) { return Number(row[column]) < Number(value); });
    },
    orderBy: function () {},
    setLimit: function (limit) { this.limit = limit; },
    query: function () {
        var filters = this.filters;
        this.found = outbox.filter(function (row) {
            return filters.every(function (filter) { return filter(row); });
        }).slice(0, this.limit);
    },
    next: function () {
        this.values = this.found.shift();
        return this.values !== undefined;
    }
};

/** A record of incident within its business rule: values, display values of references, what changed, journal texts. */
function Incident(operation, values, displayed, changed, journal) {
    var record = this;
    this.operation = function () { return operation; };
    this.getValue = function (column) { return column in values ? values[column] : null; };
    this.getDisplayValue = function (column) { return displayed[column] || ''; };
    ['state', 'impact', 'urgency', 'priority', 'short_description', 'description', 'caller_id', 'assignment_group',
        'business_service', 'cmdb_ci', 'close_code', 'close_notes', 'hold_reason', 'work_notes', 'comments'
    ].forEach(function (column) {
        record[column] = {
            changes: function () { return changed.indexOf(column) >= 0; },
            getJournalEntry: function () {
                return '2026-01-31 12:05:00 - Sam Example (Work notes)\n' + journal[column] + '\n\n';
            }
        };
    });
}

/** Answers are statuses, or texts to fail with. */
var answers = [];
var requests = [];
var sn_ws = {
    RESTMessageV2: function () {
        var request = {headers: {}};
        this.setEndpoint = function (url) { request.url = url; };
        this.setHttpMethod = function (method) { request.method = method; };
        this.setHttpTimeout = function (milliseconds) { request.timeout = milliseconds; };
        this.setRequestHeader = function (name, value) { request.headers[name] = String(value); };
        // Its own variables are replaced, as ServiceNow does it: by nothing, where there is none of that name.
        this.setRequestBody = function (body) { request.body = String(body).replace(/\$\{[^}]*\}/g, ''); };
        this.execute = function () {
            requests.push(request);
            var answer = answers.shift();
            if (typeof answer === 'string') { throw new Error(answer); }
            return {getStatusCode: function () { return answer; }};
        };
    }
};
