package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Windows program that went by, as its headers describe it.
@Named(value = "pe", about = "a Windows program that went by, as its headers describe it")
public record Pe(
        @About(value = "when it began", unit = Unit.TIME) long ts,
        @About(value = "when it ended", unit = Unit.TIME, log = false) long seen,
        @About(value = "id of the connection", log = false) String uid,
        @About(value = "id of the file", name = "id") String fuid,
        @About("machine it is made for: I386, AMD64, ARM64") String machine,
        @About(
                        value = "when it was made, as it says; some linkers put a hash there",
                        unit = Unit.TIME)
                long compile_ts,
        @About("the oldest system that it runs on") @Nullable String os,
        @About("what it runs under: WINDOWS_GUI, WINDOWS_CUI for a console")
                @Nullable String subsystem,
        @About("whether it can be run, or loaded; else an object file") boolean is_exe,
        @About("whether it is of 64 bits") boolean is_64bit,
        @About("whether it may be loaded at any address") boolean uses_aslr,
        @About("whether its data must not be run") boolean uses_dep,
        @About("whether its signature is checked when it is loaded") boolean uses_code_integrity,
        @About("whether it may handle exceptions") boolean uses_seh,
        @About("whether it imports") @Nullable Boolean has_import_table,
        @About("whether it exports") @Nullable Boolean has_export_table,
        @About("whether it is signed") @Nullable Boolean has_cert_table,
        @About("whether it holds data to debug it with") @Nullable Boolean has_debug_data,
        @About("names of its sections, in their order") @Nullable List<String> section_names)
        implements Event {}
