package io.xtribe.fusionhub.platform;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.WordForm;
import io.xtribe.fusionhub.signal.Words;

/** The words of one platform, by the tables of its descriptor and by the lists of its account. */
public final class Vocabulary implements Words {

    static final Set<String> STATUSES = Set.of("", "open", "acknowledged", "active", Signal.RESOLVED);
    static final Set<String> PRIORITIES = Set.of("", "P1", "P2", "P3", "P4", "P5");

    private final Descriptor descriptor;
    private final AccountLists lists;

    Vocabulary(Descriptor descriptor, AccountLists lists) {
        this.descriptor = descriptor;
        this.lists = lists;
    }

    @Override
    public Optional<String> status(String part, String word) {
        return ours(descriptor.status(), part, word);
    }

    @Override
    public Optional<String> priority(String part, String word) {
        return ours(descriptor.priority(), part, word);
    }

    @Override
    public Set<String> known(String field, String part) {
        var table = table(field, part);
        return table == null ? Set.of() : table.known(lists.all());
    }

    @Override
    public boolean isComplete(String field, String part) {
        var table = table(field, part);
        return table == null || table.isComplete(lists.all());
    }

    private WordTable table(String field, String part) {
        return table("status".equals(field) ? descriptor.status() : descriptor.priority(), part);
    }

    @Override
    public boolean hasPart(String part) {
        return descriptor.records().parts().contains(part);
    }

    @Override
    public boolean hasFirstSign(String source) {
        return descriptor.firstSigns().containsKey(source);
    }

    /** What a record is sent for our status and priority; without a member where the platform has no word. */
    public ObjectNode sent(String part, String status, String priority) {
        var sent = JsonNodeFactory.instance.objectNode();
        add(sent, "status", descriptor.status(), part, status);
        add(sent, "priority", descriptor.priority(), part, priority);
        return sent;
    }

    private void add(ObjectNode sent, String field, Map<String, WordTable> tables, String part, String ours) {
        var table = table(tables, part);
        var theirs = table == null ? null : table.theirs(ours, lists.all());
        if (theirs != null && !theirs.isMissingNode()) {
            sent.set(field, theirs);
        }
    }

    /** Without a table the mappings use the hub's own words. */
    private Optional<String> ours(Map<String, WordTable> tables, String part, String word) {
        var table = table(tables, part);
        var isSaid = !WordForm.stripped(word).isEmpty();
        return table != null && isSaid ? table.ours(word, lists.all()) : Optional.of(isSaid ? word : "");
    }

    /** Of a record, or of what a first sign is about: {@code datadog.monitor} has the table {@code monitor}. */
    private WordTable table(Map<String, WordTable> tables, String part) {
        var own = tables.get(part.substring(part.lastIndexOf('.') + 1));
        return own == null ? tables.get(descriptor.records().parts().get(0)) : own;
    }

    /** @throws IllegalArgumentException when a table has a word on our side that the hub does not know */
    static void check(String field, Map<String, WordTable> tables, Set<String> ours) {
        tables.forEach((part, table) -> {
            for (var word : table.finals()) {
                if (!table.isResolved(word) || !ours.contains(Signal.RESOLVED)) {
                    throw new IllegalArgumentException(field + " of " + part + " has '" + word
                            + "' under 'final', which must be a status that 'means' has as resolved");
                }
            }
            for (var word : table.ours()) {
                require(field, part, word, ours);
            }
        });
    }

    private static void require(String field, String part, String word, Set<String> ours) {
        if (!ours.contains(word)) {
            throw new IllegalArgumentException(field + " of " + part + " has '" + word + "', which is none of "
                    + String.join(
                            ", ",
                            ours.stream().filter(one -> !one.isEmpty()).sorted().toList()));
        }
    }
}
