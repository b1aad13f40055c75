# A letter with an attachment, and swaks to send it; sourced after netns.sh.
printf 'One line.\r\nAnother, with a dot:\r\n' >"$WORK/text"
head -c 3000 /dev/zero | tr '\0' 'x' >"$WORK/report.bin"
printf '\1\2\3' >>"$WORK/report.bin"
letter() {
    cat <<LETTER
Date: Mon, 01 Jan 2024 10:00:00 +0000
From: Ada <ada@sender.test>
To: bob@receiver.test, "Last, First" <carol@receiver.test>
Subject: A report
Message-ID: <1@sender.test>
X-Mailer: hand
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="frontier"

--frontier
Content-Type: text/plain

$(tr -d '\r' <"$WORK/text")

--frontier
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="report.bin"
Content-Transfer-Encoding: base64

$(base64 "$WORK/report.bin")
--frontier--
LETTER
}
HEADERS='"date":"Mon, 01 Jan 2024 10:00:00 +0000","from":"Ada <ada@sender.test>","to":["bob@receiver.test","\"Last, First\" <carol@receiver.test>"],"subject":"A report","msg_id":"<1@sender.test>","user_agent":"hand"'
