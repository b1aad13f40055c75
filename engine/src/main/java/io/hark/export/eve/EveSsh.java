package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Ssh;
import org.jspecify.annotations.Nullable;

/// An SSH connection's banners and fingerprints.
public final class EveSsh implements EveMapping<Ssh> {

    private static final Key SSH = new Key("ssh");
    private static final Key CLIENT = new Key("client");
    private static final Key SERVER = new Key("server");
    private static final Key PROTO_VERSION = new Key("proto_version");
    private static final Key SOFTWARE_VERSION = new Key("software_version");
    private static final Key HASSH = new Key("hassh");
    private static final Key HASH = new Key("hash");

    /// The mapping.
    public EveSsh() {}

    @Override
    public Class<Ssh> kind() {
        return Ssh.class;
    }

    @Override
    public void write(Ssh ssh, EveLines out) {
        JsonWriter json = out.begin("ssh", ssh.ts(), ssh, EveLines.TCP, false).object(SSH);
        side(CLIENT, ssh.client(), ssh.hassh(), json);
        side(SERVER, ssh.server(), ssh.hassh_server(), json);
        json.end();
        out.end();
    }

    /// The parts of a banner: `SSH-2.0-OpenSSH_9.2 Debian` is version 2.0 of OpenSSH_9.2.
    private static void side(
            Key key, @Nullable String banner, @Nullable String hassh, JsonWriter json) {
        if (banner == null && hassh == null) {
            return;
        }
        json.object(key);
        if (banner != null && banner.startsWith("SSH-")) {
            int dash = banner.indexOf('-', 4);
            int blank = banner.indexOf(' ', Math.max(dash, 0));
            if (dash > 0) {
                json.text(PROTO_VERSION, banner.substring(4, dash));
                int end = blank < 0 ? banner.length() : blank;
                json.text(SOFTWARE_VERSION, banner.substring(dash + 1, end));
            }
        }
        if (hassh != null) {
            json.object(HASSH).text(HASH, hassh).end();
        }
        json.end();
    }
}
