package io.hark.engagement;

import io.hark.Secret;
import io.hark.schema.Addr;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The declared environment: what is ours, what it is worth, what may happen in it, and what nobody
/// should touch. Read from `engagement.yaml` ([EngagementFile]); without one, all that is known is
/// which networks are local.
///
/// *Thread*: immutable, any thread.
///
/// @param name what the operation is called; empty for none
/// @param local which networks are ours
/// @param zones parts of them
/// @param assets hosts that are known
/// @param decoys what nobody has a reason to touch
/// @param canaries texts that show up nowhere unless somebody took them
/// @param allowed communications that are no findings
/// @param sensors where frames are taken
/// @param logs who sends logs
/// @param goals what the operation is for
public record Engagement(
        String name,
        Networks local,
        List<Zone> zones,
        List<Asset> assets,
        List<Decoy> decoys,
        List<Canary> canaries,
        List<Allowed> allowed,
        List<Sensor> sensors,
        List<LogSource> logs,
        List<String> goals) {

    /// Nothing declared: the private ranges are local.
    public static final Engagement NONE = of(Networks.PRIVATE);

    /// What a zone is for.
    public enum Purpose {
        /// Where the adversary is meant to stay.
        ENGAGEMENT,
        /// What has to be kept from the adversary.
        PRODUCTION,
        /// What watches: sensors, collectors, consoles.
        MONITORING
    }

    /// How bad it is to lose a host.
    public enum Value {
        /// Replaced without a thought.
        LOW,
        /// Missed.
        MEDIUM,
        /// The site stands still, or secrets are gone.
        HIGH
    }

    /// A part of the networks.
    public record Zone(String name, Purpose purpose, Networks networks) {}

    /// A host, or several that are one.
    ///
    /// @param roles in the site's own words; `server` says that it is not to call out by itself
    public record Asset(String name, Networks addresses, List<String> roles, Value value) {

        /// Keeps its own copy.
        public Asset {
            roles = List.copyOf(roles);
        }
    }

    /// A thing nobody has a reason to touch.
    ///
    /// @param addresses of the decoy
    /// @param ports of it that count; none for all
    /// @param but who may touch it: monitoring, scanners of the site's own
    public record Decoy(String name, Networks addresses, List<Integer> ports, Networks but) {

        /// Keeps its own copy.
        public Decoy {
            ports = List.copyOf(ports);
        }
    }

    /// A text that shows up nowhere unless somebody took it: a name, a URL, an account.
    public record Canary(String name, String text) {}

    /// A communication that is expected.
    ///
    /// @param from who calls; none for anybody
    /// @param to who is called; none for anybody
    /// @param ports at which; none for any
    /// @param services protocols in the words of `service`, or `tunnel`; none for any
    /// @param because why it is allowed
    public record Allowed(
            @Nullable Networks from,
            @Nullable Networks to,
            List<Integer> ports,
            List<String> services,
            String because) {

        /// Keeps its own copies.
        public Allowed {
            ports = List.copyOf(ports);
            services = List.copyOf(services);
        }

        boolean holds(Addr orig, Addr resp, int port, @Nullable String service) {
            return (from == null || from.isLocal(orig))
                    && (to == null || to.isLocal(resp))
                    && (ports.isEmpty() || ports.contains(port))
                    && (services.isEmpty()
                            || service != null
                                    && services.stream()
                                            .anyMatch(
                                                    one ->
                                                            (',' + service + ',')
                                                                    .contains(',' + one + ',')));
        }
    }

    /// What stands for all that is in no zone, where a zone's name may stand.
    public static final String OUTSIDE = "outside";

    /// Traffic between two zones, or within one where both are the same.
    ///
    /// @param from name of a zone, or [#OUTSIDE]
    /// @param to the same
    /// @param bothWays whether also what is sent back
    public record Way(String from, String to, boolean bothWays) {

        /// As `engagement.yaml` has it: `bait - office`, `bait > outside`.
        @Override
        public String toString() {
            return from + (bothWays ? " - " : " > ") + to;
        }
    }

    /// Where frames are taken.
    ///
    /// @param zones whose borders it watches: what enters or leaves one of them
    /// @param sees what else, or, without zones, what it sees
    /// @param keys the kinds of secret that are at hand there
    public record Sensor(String name, List<String> zones, List<Way> sees, List<Secret.Kind> keys) {

        /// Keeps its own copies.
        public Sensor {
            zones = List.copyOf(zones);
            sees = List.copyOf(sees);
            keys = List.copyOf(keys);
        }
    }

    /// Who sends logs.
    ///
    /// @param kind of the logs: a product as `hark list logs` names it, or `netflow`, `zeek`, `eve`
    /// @param covers the zones and assets that it tells of
    public record LogSource(String name, String kind, List<String> covers) {

        /// Keeps its own copy.
        public LogSource {
            covers = List.copyOf(covers);
        }
    }

    /// Keeps its own copies.
    public Engagement {
        zones = List.copyOf(zones);
        assets = List.copyOf(assets);
        decoys = List.copyOf(decoys);
        canaries = List.copyOf(canaries);
        allowed = List.copyOf(allowed);
        sensors = List.copyOf(sensors);
        logs = List.copyOf(logs);
        goals = List.copyOf(goals);
    }

    /// Nothing declared but the local networks.
    public static Engagement of(Networks local) {
        return new Engagement(
                "", local, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(), List.of());
    }

    /// The same with other local networks.
    public Engagement local(Networks local) {
        return new Engagement(
                name, local, zones, assets, decoys, canaries, allowed, sensors, logs, goals);
    }

    /// Whether the address is one of ours.
    public boolean isLocal(Addr addr) {
        return local.isLocal(addr);
    }

    /// The first zone that the address is in.
    public Optional<Zone> zone(Addr addr) {
        return zones.stream().filter(zone -> zone.networks().isLocal(addr)).findFirst();
    }

    /// The first asset that has the address.
    public Optional<Asset> asset(Addr addr) {
        return assets.stream().filter(asset -> asset.addresses().isLocal(addr)).findFirst();
    }

    /// The first decoy that is touched by this call.
    public Optional<Decoy> decoy(Addr orig, Addr resp, int port) {
        return decoys.stream()
                .filter(decoy -> decoy.addresses().isLocal(resp))
                .filter(decoy -> decoy.ports().isEmpty() || decoy.ports().contains(port))
                .filter(decoy -> decoy.but().prefixes().isEmpty() || !decoy.but().isLocal(orig))
                .findFirst();
    }

    /// Whether this communication is expected.
    ///
    /// @param service comma list of protocols; null for unknown
    public boolean isAllowed(Addr orig, Addr resp, int port, @Nullable String service) {
        for (Allowed one : allowed) {
            if (one.holds(orig, resp, port, service)) {
                return true;
            }
        }
        return false;
    }
}
