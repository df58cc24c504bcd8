package io.xtribe.fusionhub.console.page;

import java.util.LinkedHashMap;
import java.util.List;

import io.xtribe.fusionhub.deadletter.StoredLetter;

/**
 * Dead letters, the newest first.
 *
 * @param source only those of this platform; empty: of all
 * @param letterClass only those of this class; empty: of all
 * @param before the number before which there may be more; 0: there are no more
 * @param isFirst whether these are the newest
 * @param sources what may be chosen
 * @param classes what may be chosen
 */
public record LettersView(
        String source,
        String letterClass,
        long total,
        List<StoredLetter> letters,
        long before,
        boolean isFirst,
        List<String> sources,
        List<String> classes) {

    public boolean hasMore() {
        return before > 0;
    }

    public boolean isNarrow() {
        return !source.isEmpty() || !letterClass.isEmpty();
    }

    public String first() {
        return at(0);
    }

    public String older() {
        return at(before);
    }

    private String at(long number) {
        var members = new LinkedHashMap<String, String>();
        members.put("source", source);
        members.put("class", letterClass);
        members.put("before", number == 0 ? "" : Long.toString(number));
        return Links.query("/dead-letters", members);
    }
}
