package io.xtribe.fusionhub.fallback;

import java.time.Instant;
import java.util.List;

/**
 * An incident that nobody was paged for in time, as far as it may be told.
 *
 * @param id the correlation id
 * @param priority for example {@code P1}
 * @param title its title, or a neutral one where the platform of origin allows no other
 * @param origin the platform on which it began
 * @param receivedAt when the hub stored it, by the clock of the hub that did
 * @param records those that are open
 * @param url of its page, empty where the hub does not know under which address people reach it
 * @param words why it is not paged, as the paging platform said; empty where it said nothing
 */
public record Unpaged(
        String id,
        String priority,
        String title,
        String origin,
        Instant receivedAt,
        List<Record> records,
        String url,
        String words) {

    public Unpaged {
        records = List.copyOf(records);
    }

    /**
     * One of its records.
     *
     * @param number what people call it
     * @param url where people see it
     */
    public record Record(String platform, String number, String url) {}
}
