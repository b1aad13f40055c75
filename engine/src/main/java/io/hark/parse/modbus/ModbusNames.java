package io.hark.parse.modbus;

import java.util.Map;

/// Names of functions and exceptions, as Zeek writes them.
///
/// *Source*: MODBUS Application Protocol 1.1b3 §5, §7; numbers above 64 and those of programming
/// are Modicon's (PI-MBUS-300).
final class ModbusNames {

    private static final int EXCEPTION = 0x80;

    private static final Map<Integer, String> FUNCTIONS =
            Map.ofEntries(
                    Map.entry(1, "READ_COILS"),
                    Map.entry(2, "READ_DISCRETE_INPUTS"),
                    Map.entry(3, "READ_HOLDING_REGISTERS"),
                    Map.entry(4, "READ_INPUT_REGISTERS"),
                    Map.entry(5, "WRITE_SINGLE_COIL"),
                    Map.entry(6, "WRITE_SINGLE_REGISTER"),
                    Map.entry(7, "READ_EXCEPTION_STATUS"),
                    Map.entry(8, "DIAGNOSTICS"),
                    Map.entry(9, "PROGRAM_484"),
                    Map.entry(10, "POLL_484"),
                    Map.entry(11, "GET_COMM_EVENT_COUNTER"),
                    Map.entry(12, "GET_COMM_EVENT_LOG"),
                    Map.entry(13, "PROGRAM_584_984"),
                    Map.entry(14, "POLL_584_984"),
                    Map.entry(15, "WRITE_MULTIPLE_COILS"),
                    Map.entry(16, "WRITE_MULTIPLE_REGISTERS"),
                    Map.entry(17, "REPORT_SLAVE_ID"),
                    Map.entry(18, "PROGRAM_884_U84"),
                    Map.entry(19, "RESET_COMM_LINK_884_U84"),
                    Map.entry(20, "READ_FILE_RECORD"),
                    Map.entry(21, "WRITE_FILE_RECORD"),
                    Map.entry(22, "MASK_WRITE_REGISTER"),
                    Map.entry(23, "READ_WRITE_MULTIPLE_REGISTERS"),
                    Map.entry(24, "READ_FIFO_QUEUE"),
                    Map.entry(40, "PROGRAM_CONCEPT"),
                    Map.entry(43, "ENCAP_INTERFACE_TRANSPORT"),
                    Map.entry(90, "PROGRAM_UNITY"),
                    Map.entry(91, "OBJECT_MESSAGING"),
                    Map.entry(125, "FIRMWARE_REPLACEMENT"),
                    Map.entry(126, "PROGRAM_584_984_2"),
                    Map.entry(127, "REPORT_LOCAL_ADDRESS"));

    private static final Map<Integer, String> EXCEPTIONS =
            Map.of(
                    1, "ILLEGAL_FUNCTION",
                    2, "ILLEGAL_DATA_ADDRESS",
                    3, "ILLEGAL_DATA_VALUE",
                    4, "SLAVE_DEVICE_FAILURE",
                    5, "ACKNOWLEDGE",
                    6, "SLAVE_DEVICE_BUSY",
                    8, "MEMORY_PARITY_ERROR",
                    10, "GATEWAY_PATH_UNAVAILABLE",
                    11, "GATEWAY_TARGET_DEVICE_FAILED_TO_RESPOND");

    private ModbusNames() {}

    /// The name of a function; of an exception's, that of the function that was refused. One
    /// without a name is shown as it is on the wire.
    static String function(int code) {
        String name = FUNCTIONS.get(code & ~EXCEPTION);
        return name == null ? unknown(code) : name;
    }

    /// The name of an exception.
    static String exception(int code) {
        String name = EXCEPTIONS.get(code);
        return name == null ? unknown(code) : name;
    }

    private static String unknown(int code) {
        return "unknown-" + code;
    }
}
