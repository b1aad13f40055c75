# dovecot at the server with one letter in a mailbox, and the user that may read it; sourced after netns.sh and mail.sh.
USER_NAME=ada
SECRET=not-a-secret
chmod 755 "$WORK"
mkdir -p "$WORK/home/Maildir/new" "$WORK/home/Maildir/cur" "$WORK/home/Maildir/tmp" "$WORK/run"
letter | sed 's/$/\r/' >"$WORK/home/Maildir/new/1.letter"
chown -R mail:mail "$WORK/home"
cat >"$WORK/dovecot.conf" <<CONF
base_dir = $WORK/run
state_dir = $WORK/run
log_path = $WORK/dovecot.log
listen = $SERVER4
protocols = imap pop3
ssl = no
disable_plaintext_auth = no
mail_location = maildir:$WORK/home/Maildir
first_valid_uid = 1
passdb {
  driver = static
  args = user=$USER_NAME password=$SECRET
}
userdb {
  driver = static
  args = uid=mail gid=mail home=$WORK/home
}
CONF
background "$SERVER" dovecot -F -c "$WORK/dovecot.conf"
