package io.hark.format.dns;

/// Record types by number, and the names of numbers as Zeek's logs have them: types, classes,
/// answer and operation codes.
///
/// *Source*: IANA, Domain Name System (DNS) Parameters; RFC 1002 §4.2.1.1 for NetBIOS.
public final class DnsType {

    /// Host address.
    public static final int A = 1;

    /// Name server.
    public static final int NS = 2;

    static final int MD = 3;
    static final int MF = 4;

    /// Canonical name.
    public static final int CNAME = 5;

    /// Start of authority.
    public static final int SOA = 6;

    static final int MB = 7;
    static final int MG = 8;
    static final int MR = 9;

    /// Anything at all: tunnels like it.
    public static final int NULL = 10;

    static final int WKS = 11;

    /// Pointer to a name.
    public static final int PTR = 12;

    static final int HINFO = 13;
    static final int MINFO = 14;

    /// Mail exchanger.
    public static final int MX = 15;

    /// Text.
    public static final int TXT = 16;

    static final int RP = 17;
    static final int AFSDB = 18;
    static final int RT = 21;
    static final int SIG = 24;
    static final int PX = 26;

    /// IPv6 address.
    public static final int AAAA = 28;

    static final int LOC = 29;
    static final int NXT = 30;
    static final int NB = 32; // NetBIOS; NIMLOC elsewhere

    /// Server of a service; to NetBIOS the state of a node.
    public static final int SRV = 33;

    static final int NAPTR = 35;
    static final int KX = 36;
    static final int A6 = 38;
    static final int DNAME = 39;

    /// EDNS's pseudo record.
    public static final int OPT = 41;

    static final int DS = 43;
    static final int SSHFP = 44;
    static final int RRSIG = 46;
    static final int NSEC = 47;
    static final int DNSKEY = 48;
    static final int NSEC3 = 50;
    static final int NSEC3PARAM = 51;

    /// Service binding.
    public static final int SVCB = 64;

    /// Service binding of HTTPS.
    public static final int HTTPS = 65;

    static final int SPF = 99;
    static final int TKEY = 249;
    static final int TSIG = 250;

    /// Any type, in questions.
    public static final int ANY = 255;

    static final int CAA = 257;
    static final int BINDS = 65534;

    /// The Internet's class.
    public static final int CLASS_INTERNET = 1;

    static final int CLASS_NONE = 254;
    static final int CLASS_ANY = 255;

    private static final String[] TYPES = new String[258];

    static {
        String low =
                """
                1 A 2 NS 3 MD 4 MF 5 CNAME 6 SOA 7 MB 8 MG 9 MR 10 NULL 11 WKS 12 PTR 13 HINFO 14 MINFO 15 MX 16 TXT 17 RP 18 AFSDB
                19 X25 20 ISDN 21 RT 22 NSAP 23 NSAP-PTR 24 SIG 25 KEY 26 PX 27 GPOS 28 AAAA 29 LOC 30 NXT 31 EID 32 NIMLOC 33 SRV
                34 ATMA 35 NAPTR 36 KX 37 CERT 38 A6 39 DNAME 40 SINK 41 OPT 42 APL 43 DS 44 SSHFP 45 IPSECKEY 46 RRSIG 47 NSEC
                48 DNSKEY 49 DHCID 50 NSEC3 51 NSEC3PARAM 52 TLSA 53 SMIMEA 55 HIP 56 NINFO 57 RKEY 58 TALINK 59 CDS 60 CDNSKEY
                61 OPENPGPKEY 62 CSYNC 63 ZONEMD 64 SVCB 65 HTTPS 99 SPF 100 UINFO 101 UID 102 GID 103 UNSPEC 104 NID 105 L32
                106 L64 107 LP 108 EUI48 109 EUI64 249 TKEY 250 TSIG 251 IXFR 252 AXFR 253 MAILB 254 MAILA 255 * 256 URI 257 CAA
                """;
        String[] words = low.strip().split("\\s+");
        for (int i = 0; i < words.length; i += 2) {
            TYPES[Integer.parseInt(words[i])] = words[i + 1];
        }
    }

    private DnsType() {}

    /// The name of a type: `A`, `*`, `query-65534`.
    public static String name(int type) {
        String name = type < TYPES.length ? TYPES[type] : null;
        if (name != null) {
            return name;
        }
        return switch (type) {
            case 32768 -> "TA";
            case 32769 -> "DLV";
            case 65281 -> "WINS";
            case 65282 -> "WINS-R";
            case 65422 -> "XPF";
            case 65521 -> "INTEGRITY";
            default -> "query-" + type;
        };
    }

    /// The name of a class: `C_INTERNET`, `qclass-32769`.
    public static String className(int qclass) {
        return switch (qclass) {
            case 1 -> "C_INTERNET";
            case 2 -> "C_CSNET";
            case 3 -> "C_CHAOS";
            case 4 -> "C_HESIOD";
            case CLASS_NONE -> "C_NONE";
            case CLASS_ANY -> "C_ANY";
            default -> "qclass-" + qclass;
        };
    }

    /// The name of an answer code: `NOERROR`, `NXDOMAIN`, `unassigned-12`.
    public static String rcodeName(int rcode) {
        return switch (rcode) {
            case 0 -> "NOERROR";
            case 1 -> "FORMERR";
            case 2 -> "SERVFAIL";
            case 3 -> "NXDOMAIN";
            case 4 -> "NOTIMP";
            case 5 -> "REFUSED";
            case 6 -> "YXDOMAIN";
            case 7 -> "YXRRSET";
            case 8 -> "NXRRSet";
            case 9 -> "NOTAUTH";
            case 10 -> "NOTZONE";
            default -> "unassigned-" + rcode;
        };
    }

    /// The name of an operation code: `query`, `dynamic-update`, `opcode-9`.
    public static String opcodeName(int opcode) {
        return switch (opcode) {
            case 0 -> "query";
            case 1 -> "iquery";
            case 2 -> "server-status";
            case 4 -> "notify";
            case 5 -> "dynamic-update";
            case 6 -> "dso";
            default -> "opcode-" + opcode;
        };
    }

    /// The name of an operation code of the NetBIOS name service: `netbios-registration`.
    public static String netbiosOpcodeName(int opcode) {
        return switch (opcode) {
            case 0 -> "netbios-query";
            case 5 -> "netbios-registration";
            case 6 -> "netbios-release";
            case 7 -> "netbios-wack";
            case 8 -> "netbios-refresh";
            default -> "netbios-opcode-" + opcode;
        };
    }
}
