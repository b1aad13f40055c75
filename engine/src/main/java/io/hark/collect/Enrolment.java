package io.hark.collect;

import io.hark.UserError;
import io.hark.sensor.Lake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which sensors a collector hears: those that showed a token that was made for them, once, and
/// were not revoked since.
///
/// ```
/// collect/authority/authority.pem          who vouches for them
/// collect/authority/tokens/<digest>        a token that was not used yet: name, when it expires
/// collect/authority/sensors/<name>.pem     the one certificate that is heard by that name
/// collect/authority/revoked/…              those that are not heard any more
/// ```
///
/// What may come in is listed, not what may not: a certificate that stands nowhere is refused. All
/// of it is files, so that a command beside the running collector changes it; it looks at every
/// shipment.
///
/// A token has 128 random bits, so its SHA-256 tells nobody what it is. It names the authority,
/// too, by which the sensor knows the collector before it trusts it with anything.
///
/// *Thread*: any, of any process.
public final class Enrolment {

    private static final int SECRET_OCTETS = 16;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final Path dir;
    private final Authority authority;
    private final InstantSource clock;

    /// What is shown once.
    ///
    /// @param secret what the collector asks for
    /// @param authority SHA-256 of the authority's certificate
    record Token(String secret, String authority) {

        /// Reads one.
        ///
        /// @throws UserError if it is none
        static Token parse(String text) {
            int dot = text.strip().indexOf('.');
            if (dot < 1) {
                throw new UserError("that is no token: 'hark collect enrol NAME' shows one");
            }
            return new Token(text.strip().substring(0, dot), text.strip().substring(dot + 1));
        }

        @Override
        public String toString() {
            return secret + "." + authority;
        }
    }

    private Enrolment(Path dir, Authority authority, InstantSource clock) {
        this.dir = dir;
        this.authority = authority;
        this.clock = clock;
    }

    /// The enrolment of a lake; its authority is made where there is none.
    ///
    /// @throws UserError if the folder is no lake and cannot become one
    public static Enrolment of(Path lake, InstantSource clock) throws IOException {
        Lake.check(lake);
        Path dir = Authority.folder(lake.resolve(Lake.COLLECTED).resolve("authority"));
        for (String part : new String[] {"tokens", "sensors", "revoked"}) {
            Files.createDirectories(dir.resolve(part));
        }
        return new Enrolment(dir, Authority.open(dir), clock);
    }

    /// Who vouches.
    Authority authority() {
        return authority;
    }

    /// Makes a token by which one sensor is enrolled, once.
    ///
    /// @param name of the sensor
    /// @param valid for how long
    /// @return the token, which nothing else knows
    public String invite(String name, Duration valid) throws IOException {
        check(name);
        byte[] secret = new byte[SECRET_OCTETS];
        new SecureRandom().nextBytes(secret);
        Token token =
                new Token(HexFormat.of().formatHex(secret), fingerprint(authority.certificate()));
        String until = "" + clock.instant().plus(valid).getEpochSecond();
        Disk.replace(token(token.secret), (name + " " + until).getBytes(StandardCharsets.UTF_8));
        return token.toString();
    }

    private static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new UserError(
                    "a sensor's name is of 1 to 63 letters, digits, '.', '_' and '-', not " + name);
        }
    }

    private Path token(String secret) {
        return dir.resolve("tokens")
                .resolve(HexFormat.of().formatHex(sha256(secret.getBytes(StandardCharsets.UTF_8))));
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// What a token knows an authority by.
    static String fingerprint(X509Certificate of) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(of.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("it was read from its encoding", e);
        }
    }

    /// Vouches for the key of who shows a token, which is used up by that; null where there is no
    /// such token, or not any more.
    ///
    /// @param secret what was shown, from anybody
    synchronized @Nullable X509Certificate redeem(String secret, PublicKey of) throws IOException {
        Path file = token(secret);
        String[] words;
        try {
            words = Files.readString(file).split(" ");
            Files.delete(file);
        } catch (NoSuchFileException e) {
            return null; // never made, or used: who asks may be anybody
        }
        Disk.flushFolder(file.getParent());
        if (clock.instant().getEpochSecond() > Long.parseLong(words[1])) {
            return null;
        }
        return admit(words[0], of);
    }

    private X509Certificate admit(String name, PublicKey of) throws IOException {
        X509Certificate certificate = authority.sensor(name, of);
        revoke(name);
        Disk.replace(sensor(name), Credentials.pem(certificate).getBytes(StandardCharsets.UTF_8));
        return certificate;
    }

    /// Enrols a sensor of this very machine and user, who needs no token for that: who could make
    /// one may as well have what it is for.
    ///
    /// @param spool where the sensor will spool
    public synchronized void admit(String name, Path spool) throws IOException {
        check(name);
        KeyPair keys = Credentials.newKeys();
        X509Certificate certificate = admit(name, keys.getPublic());
        Identity.write(
                spool,
                keys.getPrivate(),
                Credentials.pem(certificate) + Credentials.pem(authority.certificate()));
    }

    private Path sensor(String name) {
        return dir.resolve("sensors").resolve(name + ".pem");
    }

    /// Hears that sensor no more; answers whether it was enrolled.
    public boolean revoke(String name) throws IOException {
        check(name);
        Path file = sensor(name);
        Path away = dir.resolve("revoked").resolve(name + "-" + clock.millis() + ".pem");
        try {
            Files.move(file, away, StandardCopyOption.ATOMIC_MOVE);
            Disk.flushFolder(file.getParent());
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /// The name of the sensor whose certificate that is; null for one that is not heard.
    @Nullable String heard(X509Certificate shown) throws IOException {
        String name = Authority.nameOf(shown);
        if (!NAME.matcher(name).matches()) {
            return null;
        }
        try {
            return Files.readString(sensor(name)).equals(Credentials.pem(shown)) ? name : null;
        } catch (NoSuchFileException e) {
            return null; // revoked, or of a name that nobody enrolled
        }
    }
}
