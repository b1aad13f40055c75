package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A Modbus request or answer.
@Named(value = "modbus", about = "a Modbus request or answer")
public record Modbus(
        @About(value = "time of the message", unit = Unit.TIME) long ts,
        @About(value = "when it was told", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("number of the transaction, given by the client") int tid,
        @About("device behind the server that is meant") int unit,
        @About("function: READ_COILS, WRITE_SINGLE_REGISTER …") String func,
        @About("REQ or RESP") String pdu_type,
        @About("why the device refused") @Nullable String exception)
        implements OfConnection {}
