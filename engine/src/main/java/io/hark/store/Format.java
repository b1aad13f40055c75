package io.hark.store;

/// Numbers that Parquet gives to types, encodings and the like.
///
/// *Source*: Apache Parquet, `parquet.thrift`.
final class Format {

    static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    static final int BOOLEAN = 0;
    static final int INT64 = 2;
    static final int DOUBLE = 5;
    static final int BYTE_ARRAY = 6;

    static final int PLAIN = 0;
    static final int RLE = 3;
    static final int DELTA_BINARY_PACKED = 5;
    static final int DELTA_LENGTH_BYTE_ARRAY = 6;
    static final int RLE_DICTIONARY = 8;

    static final int REQUIRED = 0;
    static final int OPTIONAL = 1;
    static final int REPEATED = 2;

    static final int UTF8 = 0;
    static final int LIST = 3;

    static final int UNCOMPRESSED = 0;
    static final int ZSTD = 6;

    private Format() {}
}
