package io.xtribe.fusionhub.incident;

/**
 * A record on a platform.
 *
 * @param id the platform's own id, by which its API finds it
 * @param number what people call it, for example {@code INC0010002}
 * @param url where people open it
 * @param ours whether the hub created it
 * @param keyTaken whether somebody else's key stands where ours would
 */
public record Reference(String id, String number, String url, boolean ours, boolean keyTaken) {

    /** The same record, where somebody else's key stands now. */
    Reference taken() {
        return new Reference(id, number, url, ours, true);
    }

    /** The same record with the number and URL that a later answer told, where this one lacks them. */
    Reference completedBy(Reference other) {
        return new Reference(
                id,
                number.isEmpty() ? other.number : number,
                url.isEmpty() ? other.url : url,
                ours || other.ours,
                keyTaken || other.keyTaken);
    }
}
