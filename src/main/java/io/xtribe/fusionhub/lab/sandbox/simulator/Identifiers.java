package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes ids that look like the vendors'. They need not be secret, so the fast generator is good enough. */
public final class Identifiers {
    private Identifiers() {}

    public static String uuid() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long most = random.nextLong() & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
        long least = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(most, least).toString();
    }

    /** 32 hex digits: a ServiceNow sys_id, a generated PagerDuty key. */
    public static String hex() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format("%016x%016x", random.nextLong(), random.nextLong());
    }

    /** Capital letters and digits behind a first letter, as PagerDuty's ids are. */
    public static String opaque(String first, int length) {
        StringBuilder id = new StringBuilder(first);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (id.length() < length) {
            id.append(Integer.toString(random.nextInt(36), 36).toUpperCase(Locale.ROOT));
        }
        return id.toString();
    }
}
