package io.hark.wire;

/// Which ICMP types ask and answer each other.
///
/// *Source*: RFC 792, 950, 1256, 4443, 4861, 4620; the pairs are Zeek's and Community ID's.
final class Icmp {

    static final int V4 = 1;
    static final int V6 = 58;

    private Icmp() {}

    /// The type that answers `type`, or that asked what it answers; -1 where there is none.
    static int answer(boolean v6, int type) {
        if (v6) {
            return switch (type) {
                case 128 -> 129;
                case 129 -> 128;
                case 130 -> 131;
                case 131 -> 130;
                case 133 -> 134;
                case 134 -> 133;
                case 135 -> 136;
                case 136 -> 135;
                case 139 -> 140;
                case 140 -> 139;
                case 144 -> 145;
                case 145 -> 144;
                default -> -1;
            };
        }
        return switch (type) {
            case 0 -> 8;
            case 8 -> 0;
            case 9 -> 10;
            case 10 -> 9;
            case 13 -> 14;
            case 14 -> 13;
            case 15 -> 16;
            case 16 -> 15;
            case 17 -> 18;
            case 18 -> 17;
            default -> -1;
        };
    }

    /// Whether it asks: its sender is the originator.
    static boolean asks(boolean v6, int type) {
        return v6
                ? type == 128
                        || type == 130
                        || type == 133
                        || type == 135
                        || type == 139
                        || type == 144
                : type == 8 || type == 10 || type == 13 || type == 15 || type == 17;
    }
}
