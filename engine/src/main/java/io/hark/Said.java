package io.hark;

import io.hark.event.Finding.Severity;
import io.hark.schema.Stored;

/// What a detector said last about a key, so that it repeats itself only with news.
///
/// @param revision of the last finding; 0 if nothing was said
/// @param severity of it
/// @param confidence of it
/// @param weight how much evidence it rested on, in the detector's own measure: attempts, bytes
public record Said(int revision, Severity severity, double confidence, long weight)
        implements Stored {

    /// Nothing yet.
    public static final Said NOTHING = new Said(0, Severity.LOW, 0, 0);

    /// Whether it is worth another revision: the first word, a higher severity, or evidence that
    /// has doubled. So a flood of evidence makes few findings.
    public boolean isNews(Severity severity, long weight) {
        return revision == 0 || severity.compareTo(this.severity) > 0 || weight >= 2 * this.weight;
    }

    /// Whether a last word tells more than the one before.
    public boolean isMore(long weight) {
        return revision == 0 || weight > this.weight;
    }

    /// With this said now.
    public Said next(Severity severity, double confidence, long weight) {
        return new Said(revision + 1, severity, confidence, weight);
    }
}
