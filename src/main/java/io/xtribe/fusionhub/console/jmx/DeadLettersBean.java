package io.xtribe.fusionhub.console.jmx;

import io.xtribe.fusionhub.console.LetterDesk;
import io.xtribe.fusionhub.deadletter.DeadLetterStream;
import io.xtribe.fusionhub.deadletter.StoredLetter;
import io.xtribe.fusionhub.incident.NotPossibleException;

/** The dead letters: how many, and giving them to the hubs again. */
final class DeadLettersBean implements DeadLettersMXBean {

    /** What the names of platforms and classes hold. */
    private static final String NAME = "[a-z0-9_-]{0,64}";

    private final DeadLetterStream letters;
    private final LetterDesk desk;
    private final LetterOverview overview;

    DeadLettersBean(DeadLetterStream letters, LetterDesk desk) {
        this.letters = letters;
        this.desk = desk;
        this.overview = new LetterOverview(letters::overview);
    }

    @Override
    public long getCount() {
        return overview.get().map(DeadLetterStream.Overview::count).orElse(-1L);
    }

    @Override
    public String getLastId() {
        var last = last();
        return last == null ? "" : Long.toString(last.sequence());
    }

    @Override
    public String getLastAt() {
        var last = last();
        return last == null ? "" : last.at().toString();
    }

    /** Not its reason, which may hold what somebody has written. */
    @Override
    public String getLast() {
        var last = last();
        return last == null ? "" : last.source() + ", " + last.letterClass();
    }

    @Override
    public String replay(long id, String reason) {
        var letter = letters.find(id)
                .orElseThrow(() -> new NotPossibleException(
                        "there is no such dead letter: it was replayed, discarded, or is older than 30 days"));
        desk.replay(letter, null, JmxAsker.request("replay", reason));
        return "dead letter " + id + " is given to the hubs";
    }

    @Override
    public String replayAll(String source, String letterClass, int rate, String reason) {
        var many = new LetterDesk.Many(
                name("source", source),
                name("class", letterClass),
                null,
                null,
                0,
                rate == 0 ? LetterDesk.DEFAULT_RATE : rate,
                false);
        if (many.rate() < 1 || many.rate() > LetterDesk.MAX_RATE) {
            throw new NotPossibleException("rate is a number from 1 to " + LetterDesk.MAX_RATE);
        }
        return desk.replayAll(many, JmxAsker.request("replay", reason));
    }

    private static String name(String what, String given) {
        var name = given == null ? "" : given.strip();
        if (!name.matches(NAME)) {
            throw new NotPossibleException(what + " has small letters, digits, - and _ only");
        }
        return name;
    }

    private StoredLetter last() {
        return overview.get().map(DeadLetterStream.Overview::newest).orElse(null);
    }
}
