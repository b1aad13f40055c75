package io.hark.sensor;

import io.hark.engagement.Networks;
import io.hark.event.Event;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What detectors are handed of events: with what the survey of the site says among them.
public final class SurveyedSite {

    private SurveyedSite() {}

    /// The events in their order, each behind what the survey says of it.
    public static List<Event> of(List<? extends Event> events) {
        return of(events, Integer.MAX_VALUE);
    }

    /// The same, by a survey that is written and read back after so many events, again and again.
    static List<Event> of(List<? extends Event> events, int saves) {
        List<Event> inOrder = new ArrayList<>(events);
        inOrder.sort(Comparator.comparingLong(Event::seen));
        List<Event> all = new ArrayList<>();
        Survey survey = new Survey(Networks.PRIVATE, all::add);
        int since = 0;
        for (Event event : inOrder) {
            survey.event(event);
            all.add(event);
            if (++since == saves) {
                Kind<Survey.State> kind = Kind.of(Survey.State.class);
                byte[] saved = Codec.write(kind, survey.save());
                survey = new Survey(Networks.PRIVATE, all::add);
                survey.restore(Codec.read(kind, saved));
                since = 0;
            }
        }
        return all;
    }
}
