#!/usr/bin/env bash
# rpcclient asks samba through pipes: shares by srvsvc, users by samr.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/samba.sh"

record left0 "tcp port 445"
client rpcclient -s "$WORK/smb.conf" -m SMB3 -U 'root%sample-password' -c "netshareenum; enumdomains" "$SERVER4" >/dev/null
recorded
fresh
# tshark names a call by interface and operation; of the operations Microsoft's names begin by the interface's
tshark -n -r "$SAMPLE/capture.pcap" -Y "dcerpc.pkt_type==0" -T fields -e frame.time_epoch -e _ws.col.Protocol -e _ws.col.Info 2>/dev/null >"$WORK/calls"
while IFS=$'\t' read -r ts protocol info; do
    called=${info%% request*}
    case "$protocol" in
        SRVSVC) endpoint=srvsvc operation=${called/%NetShareEnum/NetrShareEnumSticky} ;;
        SAMR)
            endpoint=samr
            case "$called" in
                Connect*) operation=Samr$called ;;
                EnumDomains) operation=SamrEnumerateDomainsInSamServer ;;
                LookupDomain) operation=SamrLookupDomainInSamServer ;;
                Close) operation=SamrCloseHandle ;;
                *) operation=Samr$called ;;
            esac
            ;;
        *) continue ;;
    esac
    echo "{\"kind\":\"dce_rpc\",\"ts\":${ts%???},\"id.orig_h\":\"$CLIENT4\",\"id.resp_h\":\"$SERVER4\",\"id.resp_p\":445,\"named_pipe\":\"\\\\pipe\\\\$endpoint\",\"endpoint\":\"$endpoint\",\"operation\":\"$operation\"}"
done <"$WORK/calls" >"$WORK/rows"
cat "$WORK/rows" >>"$SAMPLE/expected.jsonl"
expect_row '{"kind":"ntlm","username":"root","success":true}'
