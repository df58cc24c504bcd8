package io.xtribe.fusionhub.intake;

import io.xtribe.fusionhub.signal.UnknownWord;

/** Told of what became of each signal, to be counted and now and then logged. */
interface SignalTally extends DroppedSignals {

    /** A word that no table has. */
    void unknownWord(String platform, UnknownWord word);

    /** A body that its mapping does not know. */
    void unknownEvent(String platform);

    /** A signal that is no noise was taken. */
    void ended(String platform, String type, String outcome);

    /** An incident was opened that no webhook has opened, but a poll. */
    void openedByPoll(String platform);
}
