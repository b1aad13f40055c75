package io.hark.parse.netflow;

/// The head of an export message.
///
/// @param version 5, 9, or 10 for IPFIX
/// @param exportMillis when it was sent, by the exporter's clock, since 1970
/// @param upMillis for how long the exporter had been up, by the clock its flows are told by; 0 in
///   IPFIX, which has none
/// @param sequence its sequence number
/// @param domain source id, observation domain, or engine
record ExportHeader(int version, long exportMillis, long upMillis, long sequence, long domain) {

    static final int V5 = 5;
    static final int V9 = 9;
    static final int IPFIX = 10;

    /// What is told by up time, as milliseconds since 1970. Up time wraps after 49 days.
    long moment(long flowUpMillis) {
        return exportMillis - (int) (upMillis - flowUpMillis);
    }
}
