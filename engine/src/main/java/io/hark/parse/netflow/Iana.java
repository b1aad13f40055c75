package io.hark.parse.netflow;

/// Numbers of the information elements that the columns of a flow are made of.
///
/// *Source*: IANA registry *IPFIX Information Elements*.
final class Iana {

    static final int OCTET_DELTA = 1;
    static final int PACKET_DELTA = 2;
    static final int PROTOCOL = 4;
    static final int CLASS_OF_SERVICE = 5;
    static final int TCP_FLAGS = 6;
    static final int SOURCE_PORT = 7;
    static final int SOURCE_V4 = 8;
    static final int SOURCE_V4_PREFIX = 9;
    static final int IN_INTERFACE = 10;
    static final int DESTINATION_PORT = 11;
    static final int DESTINATION_V4 = 12;
    static final int DESTINATION_V4_PREFIX = 13;
    static final int OUT_INTERFACE = 14;
    static final int NEXT_HOP_V4 = 15;
    static final int SOURCE_AS = 16;
    static final int DESTINATION_AS = 17;
    static final int END_UP_TIME = 21;
    static final int START_UP_TIME = 22;
    static final int POST_OCTET_DELTA = 23;
    static final int POST_PACKET_DELTA = 24;
    static final int SOURCE_V6 = 27;
    static final int DESTINATION_V6 = 28;
    static final int SOURCE_V6_PREFIX = 29;
    static final int DESTINATION_V6_PREFIX = 30;
    static final int ICMP_TYPE_CODE_V4 = 32;
    static final int SAMPLING_INTERVAL = 34;
    static final int SAMPLING_ALGORITHM = 35;
    static final int ENGINE_TYPE = 38;
    static final int ENGINE_ID = 39;
    static final int SAMPLER_ID = 48;
    static final int SAMPLER_RANDOM_INTERVAL = 50;
    static final int SOURCE_MAC = 56;
    static final int VLAN = 58;
    static final int POST_VLAN = 59;
    static final int NEXT_HOP_V6 = 62;
    static final int DESTINATION_MAC = 80;
    static final int OCTET_TOTAL = 85;
    static final int PACKET_TOTAL = 86;
    static final int ICMP_TYPE_CODE_V6 = 139;
    static final int START_SECONDS = 150;
    static final int END_SECONDS = 151;
    static final int START_MILLIS = 152;
    static final int END_MILLIS = 153;
    static final int START_MICROS = 154;
    static final int END_MICROS = 155;
    static final int START_NANOS = 156;
    static final int END_NANOS = 157;
    static final int START_DELTA_MICROS = 158; // before the export
    static final int END_DELTA_MICROS = 159;
    static final int BOOT_MILLIS = 160;
    static final int DURATION_MILLIS = 161;
    static final int DURATION_MICROS = 162;
    static final int ICMP_TYPE_V4 = 176;
    static final int ICMP_CODE_V4 = 177;
    static final int ICMP_TYPE_V6 = 178;
    static final int ICMP_CODE_V6 = 179;
    static final int NAT_SOURCE_V4 = 225;
    static final int NAT_DESTINATION_V4 = 226;
    static final int NAT_SOURCE_PORT = 227;
    static final int NAT_DESTINATION_PORT = 228;
    static final int INITIATOR_OCTETS = 231;
    static final int RESPONDER_OCTETS = 232;
    static final int DOT1Q_VLAN = 243;
    static final int NAT_SOURCE_V6 = 281;
    static final int NAT_DESTINATION_V6 = 282;
    static final int INITIATOR_PACKETS = 298;
    static final int RESPONDER_PACKETS = 299;
    static final int SELECTOR_ID = 302;
    static final int SAMPLING_PACKET_INTERVAL = 305; // so many in a row are taken
    static final int SAMPLING_PACKET_SPACE = 306; // then so many are not
    static final int SAMPLING_SIZE = 309; // so many
    static final int SAMPLING_POPULATION = 310; // of so many

    private Iana() {}
}
