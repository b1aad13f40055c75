#!/usr/bin/env bash
# kinit gets a first ticket from MIT's KDC over UDP and over TCP, kvno one for a service; a wrong name is refused.
. "$(dirname "$0")/../record/netns.sh"

cat >"$WORK/krb5.conf" <<CONF
[libdefaults]
  default_realm = SAMPLE.TEST
  dns_lookup_kdc = false
  dns_lookup_realm = false
  rdns = false
  dns_canonicalize_hostname = false
  udp_preference_limit = \$UDP
[realms]
  SAMPLE.TEST = {
    kdc = $SERVER4
  }
CONF
sed 's/\$UDP/4000/' "$WORK/krb5.conf" >"$WORK/udp.conf"
sed 's/\$UDP/1/' "$WORK/krb5.conf" >"$WORK/tcp.conf"
cat >"$WORK/kdc.conf" <<CONF
[kdcdefaults]
  kdc_listen = $SERVER4:88
  kdc_tcp_listen = $SERVER4:88
[realms]
  SAMPLE.TEST = {
    database_module = here
    key_stash_file = $WORK/stash
    acl_file = $WORK/acl
    max_life = 10h
    supported_enctypes = aes256-cts:normal
  }
[dbmodules]
  here = {
    db_library = db2
    database_name = $WORK/principal
  }
CONF
export KRB5_KDC_PROFILE="$WORK/kdc.conf" KRB5_CONFIG="$WORK/udp.conf" KRB5CCNAME="$WORK/cache"
kdb5_util create -s -P sample-master -r SAMPLE.TEST >/dev/null
kadmin.local -q "addprinc -pw sample-password +requires_preauth ada" >/dev/null 2>&1
kadmin.local -q "addprinc -randkey host/files.sample.test" >/dev/null 2>&1
background "$SERVER" krb5kdc -n -P "$WORK/kdc.pid" >/dev/null 2>&1
await listening 88
record left0 "port 88"
echo sample-password | client kinit -l 1h ada >/dev/null 2>&1
client kvno host/files.sample.test >/dev/null 2>&1
echo sample-password | client kinit nobody >/dev/null 2>&1 || true
echo sample-password | KRB5_CONFIG="$WORK/tcp.conf" client kinit -f -l 1h ada >/dev/null 2>&1
recorded
fresh
ask() { tshark -n -r "$SAMPLE/capture.pcap" -Y "$1" -T fields -E occurrence=f -E separator=, -e udp.srcport -e tcp.srcport 2>/dev/null | tail -1 | tr -d ,; }
row() { expect_row "{\"kind\":\"kerberos\",\"id.orig_h\":\"$CLIENT4\",\"id.orig_p\":$1,\"id.resp_h\":\"$SERVER4\",\"id.resp_p\":88,$2}"; }
row "$(ask 'kerberos.msg_type==10 && kerberos.padata_type==2 && udp')" '"request_type":"AS","client":"ada/SAMPLE.TEST","service":"krbtgt/SAMPLE.TEST","success":true,"cipher":"aes256-cts-hmac-sha1-96","renewable":false'
row "$(ask 'kerberos.msg_type==12 && udp')" '"request_type":"TGS","client":"ada/SAMPLE.TEST","service":"host/files.sample.test","success":true,"cipher":"aes256-cts-hmac-sha1-96"'
row "$(ask 'kerberos.msg_type==10 && kerberos.CNameString=="nobody" && udp')" '"request_type":"AS","client":"nobody/SAMPLE.TEST","success":false,"error_msg":"CLIENT_NOT_FOUND"'
row "$(ask 'kerberos.msg_type==10 && kerberos.padata_type==2 && tcp')" '"request_type":"AS","client":"ada/SAMPLE.TEST","service":"krbtgt/SAMPLE.TEST","success":true,"forwardable":true'
