#!/usr/bin/env bash
# ldapadd and ldapsearch against slapd: a simple bind, an add, searches that find something and nothing, a wrong password.
. "$(dirname "$0")/../record/netns.sh"

mkdir "$WORK/db"
cat >"$WORK/slapd.conf" <<CONF
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile $WORK/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
suffix "dc=sample,dc=test"
rootdn "cn=admin,dc=sample,dc=test"
rootpw sample-password
directory $WORK/db
CONF
background "$SERVER" slapd -d 0 -f "$WORK/slapd.conf" -h "ldap://$SERVER4"
await listening 389
printf 'dn: dc=sample,dc=test\nobjectClass: dcObject\nobjectClass: organization\no: Sample\ndc: sample\n' >"$WORK/add.ldif"
record left0 "tcp port 389"
admin=(-x -H "ldap://$SERVER4" -D cn=admin,dc=sample,dc=test -w sample-password)
client ldapadd "${admin[@]}" -f "$WORK/add.ldif" >/dev/null
client ldapsearch "${admin[@]}" -b dc=sample,dc=test -s sub "(&(o=Sam*)(!(description=x)))" o dc >/dev/null
client ldapsearch "${admin[@]}" -b ou=none,dc=sample,dc=test -s base "(objectClass=*)" >/dev/null || true
client ldapwhoami -x -H "ldap://$SERVER4" -D cn=admin,dc=sample,dc=test -w wrong >/dev/null 2>&1 || true
recorded
fresh
ports=$(tshark -n -r "$SAMPLE/capture.pcap" -Y "tcp.flags.syn==1 && tcp.flags.ack==0" -T fields -e tcp.srcport 2>/dev/null)
row() { expect_row "{\"kind\":\"$1\",\"id.orig_h\":\"$CLIENT4\",\"id.orig_p\":$2,\"id.resp_h\":\"$SERVER4\",\"id.resp_p\":389,$3}"; }
bind='"message_id":1,"version":3,"opcode":"bind simple","object":"cn=admin,dc=sample,dc=test","argument":"REDACTED"'
set -- $ports
row ldap "$1" "$bind,\"result\":\"success\""
row ldap "$1" '"message_id":2,"opcode":"add","object":"dc=sample,dc=test","result":"success"'
row ldap "$1" '"message_id":3,"opcode":"unbind"'
row ldap "$2" "$bind,\"result\":\"success\""
row ldap_search "$2" '"message_id":2,"scope":"tree","deref_aliases":"never","base_object":"dc=sample,dc=test","result_count":1,"result":"success","filter":"(&(o=Sam*)(!(description=x)))","attributes":["o","dc"]'
row ldap "$2" '"message_id":3,"opcode":"unbind"'
row ldap "$3" "$bind,\"result\":\"success\""
row ldap_search "$3" '"message_id":2,"scope":"base","base_object":"ou=none,dc=sample,dc=test","result_count":0,"result":"no such object","filter":"(objectClass=*)"'
row ldap "$3" '"message_id":3,"opcode":"unbind"'
row ldap "$4" "$bind,\"result\":\"invalid credentials\""
row ldap "$4" '"message_id":2,"opcode":"unbind"'
