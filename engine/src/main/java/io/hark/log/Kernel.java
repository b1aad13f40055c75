package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Template;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Linux's kernel says about devices that are plugged in: USB, its disks and its network
/// cards.
///
/// *Source*: Linux, drivers/usb/core/hub.c (`announce_device`), drivers/usb/storage/usb.c,
/// drivers/scsi/sd.c.
public final class Kernel implements LineParser {

    private static final Pattern CLOCK = Pattern.compile("\\[\\s{0,8}\\d{1,12}\\.\\d{1,9}\\]\\s?");
    private static final Pattern FOUND =
            Pattern.compile(
                    "New USB device found, idVendor=([0-9a-f]{4}), idProduct=([0-9a-f]{4})");
    private static final Pattern NAMED =
            Pattern.compile("(Product|Manufacturer|SerialNumber): (.{1,128})");
    private static final Template DISK =
            Template.of("{:text}\\[{file.name}\\] Attached SCSI {=removable |}disk");
    private static final Pattern BUS =
            Pattern.compile(
                    "(usb|usb-storage|usbcore) ([0-9]{1,3}-[0-9.]{1,16}(?::[0-9.]{1,8})?)?:? ?");

    /// The parser.
    public Kernel() {}

    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public String about() {
        return "Linux's kernel: USB devices, removable disks";
    }

    @Override
    public List<String> signs() {
        return List.of("usb ", "usb-storage", "Attached SCSI");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        if (!line.app().equals("kernel") && !line.isBare()) {
            return false;
        }
        String text = CLOCK.matcher(line.message()).replaceFirst("");
        Matcher bus = BUS.matcher(text);
        boolean isUsb = bus.lookingAt();
        boolean isDisk = !isUsb && DISK.read(text, out);
        if (!isUsb && !isDisk) {
            return false;
        }
        out.of(name(), isUsb ? "usb" : "disk").is("host", "info").put("message", text);
        if (isUsb) {
            out.more("kernel.usb.port", bus.group(2));
        }
        Matcher found = FOUND.matcher(text);
        if (found.find()) {
            out.is("host", "change").put("event.action", "device-attached");
            out.more("kernel.usb.vendor", found.group(1))
                    .more("kernel.usb.product", found.group(2));
        } else if (text.contains("USB disconnect")) {
            out.is("host", "change").put("event.action", "device-detached");
        } else if (text.contains("USB Mass Storage device detected") || isDisk) {
            out.is("host", "change").put("event.action", "storage-attached");
        }
        Matcher named = NAMED.matcher(text);
        if (named.find()) {
            out.more(
                    "kernel.usb." + named.group(1).toLowerCase(java.util.Locale.ROOT),
                    named.group(2));
        }
        return true;
    }
}
