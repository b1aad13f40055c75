package io.hark.format.tlscrypt;

import org.jspecify.annotations.Nullable;

/// What a TLS cipher suite protects records with, for the suites that can be opened.
///
/// *Source*: the IANA registry "TLS Cipher Suites"; RFC 5246 appendix A.5 and C, RFC 5288, RFC
/// 5289, RFC 5932, RFC 6367, RFC 6655, RFC 7905, RFC 8446 appendix B.4.
///
/// @param id its number on the wire
/// @param rsaTransport whether the client sends the pre-master secret under the server's RSA key,
///   so that this key opens it
/// @param bulk the cipher
/// @param mac the hash of the record's MAC; of no meaning where the cipher authenticates by itself
/// @param prf the hash of the key derivation in TLS 1.2 and 1.3
public record CipherSuite(int id, boolean rsaTransport, Bulk bulk, Hash mac, Hash prf) {

    /// Ciphers: octets of the key, of the fixed part of the nonce, of a block (0 for none), and of
    /// the tag.
    public enum Bulk {
        /// RC4, one key stream over all records.
        RC4(16, 0, 0, 0),
        /// Triple DES in CBC.
        DES3_CBC(24, 0, 8, 0),
        /// AES-128 in CBC.
        AES_128_CBC(16, 0, 16, 0),
        /// AES-256 in CBC.
        AES_256_CBC(32, 0, 16, 0),
        /// Camellia-128 in CBC.
        CAMELLIA_128_CBC(16, 0, 16, 0),
        /// Camellia-256 in CBC.
        CAMELLIA_256_CBC(32, 0, 16, 0),
        /// AES-128 in GCM.
        AES_128_GCM(16, 4, 0, 16),
        /// AES-256 in GCM.
        AES_256_GCM(32, 4, 0, 16),
        /// AES-128 in CCM.
        AES_128_CCM(16, 4, 0, 16),
        /// AES-256 in CCM.
        AES_256_CCM(32, 4, 0, 16),
        /// AES-128 in CCM with a tag of eight octets.
        AES_128_CCM_8(16, 4, 0, 8),
        /// AES-256 in CCM with a tag of eight octets.
        AES_256_CCM_8(32, 4, 0, 8),
        /// ChaCha20 with Poly1305.
        CHACHA20_POLY1305(32, 12, 0, 16);

        /// Octets of the key.
        final int key;

        /// Octets of the nonce that are derived, up to TLS 1.2.
        final int fixedNonce;

        /// Octets of a block; 0 for a cipher without blocks.
        final int block;

        /// Octets of the tag; 0 where a MAC stands beside the cipher.
        final int tag;

        Bulk(int key, int fixedNonce, int block, int tag) {
            this.key = key;
            this.fixedNonce = fixedNonce;
            this.block = block;
            this.tag = tag;
        }
    }

    /// Hashes, with Java's name and the octets of a digest.
    public enum Hash {
        /// MD5.
        MD5("MD5", "HmacMD5", 16),
        /// SHA-1.
        SHA1("SHA-1", "HmacSHA1", 20),
        /// SHA-256.
        SHA256("SHA-256", "HmacSHA256", 32),
        /// SHA-384.
        SHA384("SHA-384", "HmacSHA384", 48);

        final String digest;
        final String hmac;
        final int size;

        Hash(String digest, String hmac, int size) {
            this.digest = digest;
            this.hmac = hmac;
            this.size = size;
        }

        /// Octets of a digest.
        public int size() {
            return size;
        }
    }

    /// The suite of that number, or null where its records cannot be opened here.
    public static @Nullable CipherSuite of(int id) {
        return switch (id) {
            case 0x0004 -> rsa(id, Bulk.RC4, Hash.MD5);
            case 0x0005 -> rsa(id, Bulk.RC4, Hash.SHA1);
            case 0x000a -> rsa(id, Bulk.DES3_CBC, Hash.SHA1);
            case 0x002f -> rsa(id, Bulk.AES_128_CBC, Hash.SHA1);
            case 0x0035 -> rsa(id, Bulk.AES_256_CBC, Hash.SHA1);
            case 0x0041 -> rsa(id, Bulk.CAMELLIA_128_CBC, Hash.SHA1);
            case 0x0084 -> rsa(id, Bulk.CAMELLIA_256_CBC, Hash.SHA1);
            case 0x00ba -> rsa(id, Bulk.CAMELLIA_128_CBC, Hash.SHA256);
            case 0x00c0 -> rsa(id, Bulk.CAMELLIA_256_CBC, Hash.SHA256);
            case 0x003c -> rsa(id, Bulk.AES_128_CBC, Hash.SHA256);
            case 0x003d -> rsa(id, Bulk.AES_256_CBC, Hash.SHA256);
            case 0x009c -> rsa(id, Bulk.AES_128_GCM, Hash.SHA256);
            case 0x009d -> new CipherSuite(id, true, Bulk.AES_256_GCM, Hash.SHA384, Hash.SHA384);
            case 0xc09c -> rsa(id, Bulk.AES_128_CCM, Hash.SHA256);
            case 0xc09d -> rsa(id, Bulk.AES_256_CCM, Hash.SHA256);
            case 0xc0a0 -> rsa(id, Bulk.AES_128_CCM_8, Hash.SHA256);
            case 0xc0a1 -> rsa(id, Bulk.AES_256_CCM_8, Hash.SHA256);
            case 0xc002, 0xc007, 0xc00c, 0xc011, 0x0018 ->
                    other(id, Bulk.RC4, id == 0x0018 ? Hash.MD5 : Hash.SHA1, Hash.SHA256);
            case 0x0013, 0x0016, 0x001b, 0xc003, 0xc008, 0xc00d, 0xc012 ->
                    other(id, Bulk.DES3_CBC, Hash.SHA1, Hash.SHA256);
            case 0x0032, 0x0033, 0x0034, 0xc004, 0xc009, 0xc00e, 0xc013 ->
                    other(id, Bulk.AES_128_CBC, Hash.SHA1, Hash.SHA256);
            case 0x0038, 0x0039, 0x003a, 0xc005, 0xc00a, 0xc00f, 0xc014 ->
                    other(id, Bulk.AES_256_CBC, Hash.SHA1, Hash.SHA256);
            case 0x0044, 0x0045, 0x0046 -> other(id, Bulk.CAMELLIA_128_CBC, Hash.SHA1, Hash.SHA256);
            case 0x0087, 0x0088, 0x0089 -> other(id, Bulk.CAMELLIA_256_CBC, Hash.SHA1, Hash.SHA256);
            case 0x00bd, 0x00be, 0x00bf, 0xc072, 0xc074, 0xc076, 0xc078 ->
                    other(id, Bulk.CAMELLIA_128_CBC, Hash.SHA256, Hash.SHA256);
            case 0x00c3, 0x00c4, 0x00c5 ->
                    other(id, Bulk.CAMELLIA_256_CBC, Hash.SHA256, Hash.SHA256);
            case 0xc073, 0xc075, 0xc077, 0xc079 ->
                    other(id, Bulk.CAMELLIA_256_CBC, Hash.SHA384, Hash.SHA384);
            case 0x0040, 0x0067, 0xc023, 0xc025, 0xc027, 0xc029 ->
                    other(id, Bulk.AES_128_CBC, Hash.SHA256, Hash.SHA256);
            case 0x006a, 0x006b -> other(id, Bulk.AES_256_CBC, Hash.SHA256, Hash.SHA256);
            case 0xc024, 0xc026, 0xc028, 0xc02a ->
                    other(id, Bulk.AES_256_CBC, Hash.SHA384, Hash.SHA384);
            case 0x009e, 0x00a2, 0xc02b, 0xc02d, 0xc02f, 0xc031 ->
                    other(id, Bulk.AES_128_GCM, Hash.SHA256, Hash.SHA256);
            case 0x009f, 0x00a3, 0xc02c, 0xc02e, 0xc030, 0xc032 ->
                    other(id, Bulk.AES_256_GCM, Hash.SHA384, Hash.SHA384);
            case 0xc09e, 0xc0ac -> other(id, Bulk.AES_128_CCM, Hash.SHA256, Hash.SHA256);
            case 0xc09f, 0xc0ad -> other(id, Bulk.AES_256_CCM, Hash.SHA256, Hash.SHA256);
            case 0xc0a2, 0xc0ae -> other(id, Bulk.AES_128_CCM_8, Hash.SHA256, Hash.SHA256);
            case 0xc0a3, 0xc0af -> other(id, Bulk.AES_256_CCM_8, Hash.SHA256, Hash.SHA256);
            case 0xcca8, 0xcca9, 0xccaa, 0x1303 ->
                    other(id, Bulk.CHACHA20_POLY1305, Hash.SHA256, Hash.SHA256);
            case 0x1301 -> other(id, Bulk.AES_128_GCM, Hash.SHA256, Hash.SHA256);
            case 0x1302 -> other(id, Bulk.AES_256_GCM, Hash.SHA384, Hash.SHA384);
            case 0x1304 -> other(id, Bulk.AES_128_CCM, Hash.SHA256, Hash.SHA256);
            case 0x1305 -> other(id, Bulk.AES_128_CCM_8, Hash.SHA256, Hash.SHA256);
            default -> null;
        };
    }

    private static CipherSuite rsa(int id, Bulk bulk, Hash mac) {
        return new CipherSuite(id, true, bulk, mac, Hash.SHA256);
    }

    private static CipherSuite other(int id, Bulk bulk, Hash mac, Hash prf) {
        return new CipherSuite(id, false, bulk, mac, prf);
    }
}
