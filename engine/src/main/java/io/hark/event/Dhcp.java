package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The messages of one DHCP transaction on one connection: who asked, and what address they got.
///
/// A client that broadcasts and a server that answers to the offered address are two connections,
/// and so two events; `trans_id` and `mac` join them.
@Named(
        value = "dhcp",
        about = "the messages of one DHCP transaction on one connection",
        sight = Sight.SEGMENT)
public record Dhcp(
        @About(value = "time of the first message", unit = Unit.TIME) long ts,
        @About(value = "when the transaction was over", unit = Unit.TIME, log = false) long seen,
        @About("ids of the connections") List<String> uids,
        @About(value = "transaction id", log = false) long trans_id,
        @About("address the client had or was given first") @Nullable Addr client_addr,
        @About("server that handed out an address") @Nullable Addr server_addr,
        @About("hardware address of the client") @Nullable String mac,
        @About("name the client gives itself") @Nullable String host_name,
        @About("full name the client gives itself") @Nullable String client_fqdn,
        @About("domain the server gives the client") @Nullable String domain,
        @About("address the client asked for") @Nullable Addr requested_addr,
        @About("address the server assigned") @Nullable Addr assigned_addr,
        @About(value = "how long the address is lent", unit = Unit.DURATION)
                @Nullable Long lease_time,
        @About("text of the client, often why it declines") @Nullable String client_message,
        @About("text of the server, often why it refuses") @Nullable String server_message,
        @About("messages in order: DISCOVER, OFFER …") List<String> msg_types,
        @About(value = "first to last message", unit = Unit.DURATION) long duration,
        @About("circuit id of the relay (option 82)") @Nullable String circuit_id,
        @About("remote id of the relay (option 82)") @Nullable String agent_remote_id,
        @About("subscriber id of the relay (option 82)") @Nullable String subscriber_id,
        @About("vendor class of the client: which software it is") @Nullable String client_software)
        implements Event {}
