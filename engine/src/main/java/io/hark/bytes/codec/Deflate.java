package io.hark.bytes.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// Deflated bytes (RFC 1951), bare or wrapped, within a budget: what would grow beyond it is a
/// bomb, and is not read.
///
/// @param wrapping what is around them
/// @param limit the most octets that come out
/// @param ratio the most octets that come out for one that goes in, beyond the first [#FREE]
public record Deflate(Wrapping wrapping, int limit, int ratio) implements Codec {

    /// Octets that may come out whatever went in: an empty disk's listing compresses well.
    public static final int FREE = 1 << 16;

    /// What ordinary messages stay below. Deflate itself goes to 1,032; screens and tables of zeros
    /// go far.
    public static final int RATIO = 200;

    /// What is around deflated bytes.
    public enum Wrapping {
        /// Nothing.
        RAW,
        /// RFC 1950.
        ZLIB,
        /// RFC 1952.
        GZIP
    }

    /// Deflated bytes with a limit, and the ratio that ordinary messages stay below.
    public static Deflate of(Wrapping wrapping, int limit) {
        return new Deflate(wrapping, limit, RATIO);
    }

    @Override
    public String name() {
        return wrapping == Wrapping.RAW ? "deflate" : wrapping.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public byte @Nullable [] decode(byte[] octets) {
        long budget = Math.min(limit, FREE + (long) octets.length * ratio);
        Inflater inflater = new Inflater(wrapping == Wrapping.RAW);
        try (InputStream in = open(new ByteArrayInputStream(octets), inflater)) {
            byte[] out = in.readNBytes((int) budget);
            return in.read() >= 0 ? null : out;
        } catch (IOException e) {
            return null; // not deflated, or cut off: the answer
        } finally {
            inflater.end();
        }
    }

    private InputStream open(InputStream octets, Inflater inflater) throws IOException {
        return wrapping == Wrapping.GZIP
                ? new GZIPInputStream(octets)
                : new InflaterInputStream(octets, inflater);
    }

    @Override
    public byte[] encode(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, wrapping == Wrapping.RAW);
        try (OutputStream deflated =
                wrapping == Wrapping.GZIP
                        ? new GZIPOutputStream(out)
                        : new DeflaterOutputStream(out, deflater)) {
            deflated.write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }
}
