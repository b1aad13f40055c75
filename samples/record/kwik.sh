# kwik and flupke (QUIC 1 and 2, HTTP/3, in Java) from Maven Central; sourced. Sets KWIK to the classpath with record/Http3Speaker.java compiled; needs
# curl and a JDK 21 or newer ($JAVA_HOME).
kwik_at=${KWIK_JARS:-${TMPDIR:-/tmp}/hark-kwik}
kwik_from=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$kwik_at/classes"
for jar in tech/kwik/kwik/0.10.9/kwik-0.10.9 tech/kwik/flupke/0.9.4/flupke-0.9.4 tech/kwik/qpack/2.0.1/qpack-2.0.1 \
    tech/kwik/agent15/3.1/agent15-3.1 at/favre/lib/hkdf/2.0.0/hkdf-2.0.0 io/whitfin/siphash/3.0.0/siphash-3.0.0; do
    [ -s "$kwik_at/${jar##*/}.jar" ] || curl -sf -o "$kwik_at/${jar##*/}.jar" "https://repo1.maven.org/maven2/$jar.jar"
done
KWIK=$kwik_at/classes:$(find "$kwik_at" -name '*.jar' | tr '\n' ':')
"${JAVA_HOME:?}/bin/javac" -nowarn -d "$kwik_at/classes" -cp "$KWIK" "$kwik_from/Http3Speaker.java" 2>/dev/null
