package io.xtribe.fusionhub.console;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.Change;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.NotPossibleException;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.upkeep.IncidentIndex;
import io.xtribe.fusionhub.upkeep.IncidentIndex.Row;

/** What the storm brake holds, and what operators do with it: many at once, each on its own timeline. */
@Singleton
public class HeldDesk {

    private static final Logger LOG = Logger.getLogger(HeldDesk.class);

    /** In which order they are told and released: the most urgent first, then the oldest. */
    private static final Comparator<Row> ORDER =
            Comparator.comparing(Row::priority).thenComparing(Row::heldSince).thenComparing(Row::id);

    /**
     * Which of those that are held.
     *
     * @param source only those that began on this platform; empty: any
     * @param priority only those of this priority; null: any
     * @param ids only these; empty: any
     */
    public record Selection(String source, Priority priority, Set<String> ids) {

        /** All of them. */
        public static final Selection ALL = new Selection("", null, Set.of());

        boolean covers(Row row) {
            return row.isHeld()
                    && (source.isEmpty() || source.equals(row.origin()))
                    && (priority == null || priority == row.priority())
                    && (ids.isEmpty() || ids.contains(row.id()));
        }
    }

    /**
     * What came of it.
     *
     * @param done how many were released or discarded
     * @param left how many of the selection were left, since there are too many for one request
     */
    public record Outcome(int done, int left) {}

    private final IncidentIndex index;
    private final IncidentStore store;
    private final Operator operator;

    public HeldDesk(IncidentIndex index, IncidentStore store, Operator operator) {
        this.index = index;
        this.store = store;
        this.operator = operator;
    }

    /** Those that are held, as the index has it, the most urgent first. */
    public List<Row> held(Selection selection) {
        return index.rows().stream().filter(selection::covers).sorted(ORDER).toList();
    }

    /** They are opened on the platforms, and not held again. */
    public Outcome release(Selection selection, Operator.Request asked, int most) {
        operator.checkWrites();
        var now = Instant.now();
        return each(selection, asked, most, incident -> incident.released(now));
    }

    /** They are over for the hub: nothing is written to any platform. */
    public Outcome discard(Selection selection, Operator.Request asked, int most) {
        return each(selection, asked, most, Incident::discarded);
    }

    private Outcome each(Selection selection, Operator.Request asked, int most, Function<Incident, Change> change) {
        var rows = held(selection);
        var done = (int) rows.stream()
                .limit(most)
                .filter(row -> isDone(row.id(), asked, change))
                .count();
        var outcome = new Outcome(done, Math.max(0, rows.size() - most));
        LOG.infof(
                "Storm brake: %s of %d held incidents for %s, %d left: %s",
                asked.verb(), outcome.done(), asked.who(), outcome.left(), asked.reason());
        return outcome;
    }

    /** False where it is not held any more: somebody else was faster, or it is over by itself. */
    private boolean isDone(String id, Operator.Request asked, Function<Incident, Change> change) {
        var found = store.find(id);
        if (found.isEmpty()) {
            return false;
        }
        try {
            operator.change(found.get().incident(), asked, change);
            return true;
        } catch (NotPossibleException e) {
            LOG.debugf("%s is not held any more: %s", id, e.getMessage());
            return false;
        }
    }
}
