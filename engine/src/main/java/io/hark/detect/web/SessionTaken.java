package io.hark.detect.web;

import static io.hark.event.Finding.Severity.MEDIUM;

import io.hark.Detector;
import io.hark.Key;
import io.hark.Said;
import io.hark.Trail;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Http;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds sessions of web applications that two hosts use: the cookie that holds the session's id
/// comes from another address than before.
///
/// Kept by hash of the cookie and server; a second address within half an hour is medium. A laptop
/// that changes its network looks the same, as do the exits of a farm of proxies.
///
/// *What it needs*: HTTP in the clear, a cookie whose name says session. *What it cannot see*: a
/// session taken over behind the same address. *Source*: ATT&CK T1539, T1563.
public final class SessionTaken implements Detector<SessionTaken.Session> {

    private static final long WHILE = 1800L * 1_000_000_000; // ns

    /// Who used a session.
    ///
    /// @param owner who did first
    /// @param agent what that one calls its browser
    /// @param last when it was used last
    /// @param trail the requests of others
    public record Session(Addr owner, @Nullable String agent, long last, Trail trail)
            implements Stored {}

    @Override
    public String name() {
        return "session-taken";
    }

    @Override
    public String about() {
        return "one web session used from two hosts";
    }

    @Override
    public Class<Session> stateType() {
        return Session.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Http.class);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Http http && http.session_hash() != null) {
            sink.add(
                    Key.NOBODY,
                    http.id().resp_h(),
                    http.id().resp_p(),
                    Long.toHexString(http.session_hash()));
        }
    }

    @Override
    public @Nullable Session on(Event input, @Nullable Session state, Turn<Finding> turn) {
        Http http = (Http) input;
        Addr who = http.id().orig_h();
        if (state == null || http.ts() - state.last > WHILE) {
            turn.wakeAt(turn.now() + WHILE);
            return new Session(who, http.user_agent(), http.ts(), Trail.NONE);
        }
        long last = Math.max(state.last, http.ts());
        if (who.equals(state.owner)) {
            return new Session(state.owner, state.agent, last, state.trail);
        }
        Trail trail = state.trail.with(who.toString(), http);
        Said said = trail.said();
        if (said.isNews(MEDIUM, trail.steps().size())) {
            String agent = http.user_agent();
            boolean other = agent != null && !agent.equals(state.agent);
            double confidence = other ? 0.8 : 0.6;
            turn.emit(
                    trail.on(draft(turn, said))
                            .title(
                                    "%s uses the web session of %s at %s",
                                    who, state.owner, turn.key().peer())
                            .why(
                                    "A session at %s began at %s; %.0f s after its last request %s sent the same cookie%s.",
                                    turn.key().peer(),
                                    state.owner,
                                    (http.ts() - state.last) / 1e9,
                                    who,
                                    other ? ", with another browser" : ", with the same browser")
                            .weight(MEDIUM, confidence)
                            .techniques("T1539", "T1563", "T1185")
                            .between(who, turn.key().peer(), turn.key().port())
                            .build());
            trail = trail.with(said.next(MEDIUM, confidence, trail.steps().size()));
        }
        return new Session(state.owner, state.agent, last, trail);
    }

    @Override
    public @Nullable Session wake(Session state, Turn<Finding> turn) {
        if (state.last + WHILE <= turn.now()) {
            return null;
        }
        turn.wakeAt(state.last + WHILE);
        return state;
    }
}
