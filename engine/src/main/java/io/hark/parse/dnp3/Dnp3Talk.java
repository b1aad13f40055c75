package io.hark.parse.dnp3;

import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.Dnp3;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What master and outstation say to each other, frame by frame: requests, and what comes back.
///
/// ```
/// transport   FIN 1 bit · FIR 1 bit · sequence 6 bits
/// application control 1 · function 1 · internal indications 2 (answers only) · objects
/// ```
///
/// Only the first segment of a fragment, which has the application's header, is read; objects are
/// not. A request that is not answered is told when the next one comes: some ask for no answer.
/// *Source*: IEEE 1815 §8.2, §4.2.
///
/// *Thread*: one owner, the worker.
final class Dnp3Talk {

    private static final int FIRST_OF_FRAGMENT = 0x40;
    private static final int CONFIRM = 0;
    private static final int RESPONSE = 0x81;

    private static final String[] REQUESTS = {
        "CONFIRM",
        "READ",
        "WRITE",
        "SELECT",
        "OPERATE",
        "DIRECT_OPERATE",
        "DIRECT_OPERATE_NR",
        "IMMED_FREEZE",
        "IMMED_FREEZE_NR",
        "FREEZE_CLEAR",
        "FREEZE_CLEAR_NR",
        "FREEZE_AT_TIME",
        "FREEZE_AT_TIME_NR",
        "COLD_RESTART",
        "WARM_RESTART",
        "INITIALIZE_DATA",
        "INITIALIZE_APPL",
        "START_APPL",
        "STOP_APPL",
        "SAVE_CONFIG",
        "ENABLE_UNSOLICITED",
        "DISABLE_UNSOLICITED",
        "ASSIGN_CLASS",
        "DELAY_MEASURE",
        "RECORD_CURRENT_TIME",
        "OPEN_FILE",
        "CLOSE_FILE",
        "DELETE_FILE",
        "GET_FILE_INFO",
        "AUTHENTICATE_FILE",
        "ABORT_FILE",
        "ACTIVATE_CONFIG",
        "AUTHENTICATE_REQ",
        "AUTHENTICATE_ERR"
    };

    private static final Map<Integer, String> ANSWERS =
            Map.of(RESPONSE, "RESPONSE", 0x82, "UNSOLICITED_RESPONSE", 0x83, "AUTHENTICATE_RESP");

    private final Connection connection;
    private boolean confirmed;
    private @Nullable String request;
    private long requested;

    Dnp3Talk(Connection connection) {
        this.connection = connection;
    }

    /// Reads the frame at `at`, whose length was told.
    void frame(Bytes in, int at) {
        if (!confirmed) {
            confirmed = true;
            connection.confirm();
        }
        in.seek(at + Dnp3Frame.HEADER);
        int userData = in.peek(at + 2) - 5;
        if (userData < 3 || (in.u8() & FIRST_OF_FRAGMENT) == 0) {
            return; // of the link alone, or the rest of a fragment
        }
        in.skip(1);
        int function = in.u8();
        if (function < RESPONSE) {
            ask(function);
        } else if (userData >= 5) {
            answer(name(function), in.u16());
        }
    }

    private void ask(int function) {
        tellUnanswered();
        if (function != CONFIRM) {
            request = name(function);
            requested = connection.now();
        }
    }

    private void answer(String reply, int indications) {
        String asked = request;
        request = null;
        emit(connection.now(), asked, reply, indications);
    }

    /// Tells the request that has no answer yet, if there is one.
    void tellUnanswered() {
        if (request != null) {
            emit(requested, request, null, null);
            request = null;
        }
    }

    private void emit(
            long ts, @Nullable String asked, @Nullable String reply, @Nullable Integer iin) {
        connection.emit(
                new Dnp3(
                        ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        asked,
                        reply,
                        iin));
    }

    private static String name(int function) {
        String name = function < REQUESTS.length ? REQUESTS[function] : ANSWERS.get(function);
        return name == null ? "unknown-" + function : name;
    }
}
