package io.xtribe.fusionhub.job;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.job.SingleReads.Mark;
import io.xtribe.fusionhub.nats.Bucket;
import io.xtribe.fusionhub.nats.BucketEntry;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;

/** How far the single reads of each platform have come, kept in the bucket {@code fusion-jobs} from one run to the next. */
@Singleton
class SingleReadMarks {

    private static final String MARKS = "single-reads.";

    private final NatsLink nats;

    SingleReadMarks(NatsLink nats) {
        this.nats = nats;
    }

    Mark of(String platform) {
        return bucket().find(MARKS + platform)
                .filter(BucketEntry::isPresent)
                .map(entry -> IncidentJson.read(entry.value(), Mark.class))
                .orElse(Mark.NONE);
    }

    /** Of two runs at the same moment one is kept: the other's records are read again. */
    void reached(String platform, Mark mark) {
        var stored = bucket().find(MARKS + platform).filter(BucketEntry::isPresent);
        var json = IncidentJson.write(mark);
        if (stored.isPresent()) {
            bucket().update(MARKS + platform, json, stored.get().revision());
        } else {
            bucket().create(MARKS + platform, json);
        }
    }

    private Bucket bucket() {
        return nats.bucket(Names.JOBS_BUCKET);
    }
}
