package io.hark.parse.dns;

/// Where the relatives of DNS live.
final class DnsPorts {

    static final int DNS = 53;
    static final int NETBIOS = 137;
    static final int MDNS = 5353;
    static final int LLMNR = 5355;

    private DnsPorts() {}
}
