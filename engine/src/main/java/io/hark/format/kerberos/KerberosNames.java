package io.hark.format.kerberos;

import java.util.Map;

/// Names of Kerberos' numbers.
///
/// *Source*: RFC 4120 §7.5.9, RFC 4556 §3.1.3; IANA, *Kerberos Encryption Type Numbers*.
final class KerberosNames {

    private static final Map<Integer, String> CIPHERS =
            Map.ofEntries(
                    Map.entry(1, "des-cbc-crc"),
                    Map.entry(2, "des-cbc-md4"),
                    Map.entry(3, "des-cbc-md5"),
                    Map.entry(5, "des3-cbc-md5"),
                    Map.entry(7, "des3-cbc-sha1"),
                    Map.entry(16, "des3-cbc-sha1-kd"),
                    Map.entry(17, "aes128-cts-hmac-sha1-96"),
                    Map.entry(18, "aes256-cts-hmac-sha1-96"),
                    Map.entry(19, "aes128-cts-hmac-sha256-128"),
                    Map.entry(20, "aes256-cts-hmac-sha384-192"),
                    Map.entry(23, "rc4-hmac"),
                    Map.entry(24, "rc4-hmac-exp"),
                    Map.entry(25, "camellia128-cts-cmac"),
                    Map.entry(26, "camellia256-cts-cmac"));

    /// By code, from 0.
    private static final String[] ERRORS =
            """
            KDC_ERR_NONE KDC_ERR_NAME_EXP KDC_ERR_SERVICE_EXP KDC_ERR_BAD_PVNO KDC_ERR_C_OLD_MAST_KVNO
            KDC_ERR_S_OLD_MAST_KVNO KDC_ERR_C_PRINCIPAL_UNKNOWN KDC_ERR_S_PRINCIPAL_UNKNOWN
            KDC_ERR_PRINCIPAL_NOT_UNIQUE KDC_ERR_NULL_KEY KDC_ERR_CANNOT_POSTDATE KDC_ERR_NEVER_VALID
            KDC_ERR_POLICY KDC_ERR_BADOPTION KDC_ERR_ETYPE_NOSUPP KDC_ERR_SUMTYPE_NOSUPP
            KDC_ERR_PADATA_TYPE_NOSUPP KDC_ERR_TRTYPE_NOSUPP KDC_ERR_CLIENT_REVOKED KDC_ERR_SERVICE_REVOKED
            KDC_ERR_TGT_REVOKED KDC_ERR_CLIENT_NOTYET KDC_ERR_SERVICE_NOTYET KDC_ERR_KEY_EXPIRED
            KDC_ERR_PREAUTH_FAILED KDC_ERR_PREAUTH_REQUIRED KDC_ERR_SERVER_NOMATCH KDC_ERR_MUST_USE_USER2USER
            KDC_ERR_PATH_NOT_ACCEPTED KDC_ERR_SVC_UNAVAILABLE unknown-30 KRB_AP_ERR_BAD_INTEGRITY
            KRB_AP_ERR_TKT_EXPIRED KRB_AP_ERR_TKT_NYV KRB_AP_ERR_REPEAT KRB_AP_ERR_NOT_US
            KRB_AP_ERR_BADMATCH KRB_AP_ERR_SKEW KRB_AP_ERR_BADADDR KRB_AP_ERR_BADVERSION
            KRB_AP_ERR_MSG_TYPE KRB_AP_ERR_MODIFIED KRB_AP_ERR_BADORDER unknown-43 KRB_AP_ERR_BADKEYVER
            KRB_AP_ERR_NOKEY KRB_AP_ERR_MUT_FAIL KRB_AP_ERR_BADDIRECTION KRB_AP_ERR_METHOD
            KRB_AP_ERR_BADSEQ KRB_AP_ERR_INAPP_CKSUM KRB_AP_PATH_NOT_ACCEPTED KRB_ERR_RESPONSE_TOO_BIG
            unknown-53 unknown-54 unknown-55 unknown-56 unknown-57 unknown-58 unknown-59 KRB_ERR_GENERIC
            KRB_ERR_FIELD_TOOLONG KDC_ERROR_CLIENT_NOT_TRUSTED KDC_ERROR_KDC_NOT_TRUSTED
            KDC_ERROR_INVALID_SIG KDC_ERR_KEY_TOO_WEAK KDC_ERR_CERTIFICATE_MISMATCH KRB_AP_ERR_NO_TGT
            KDC_ERR_WRONG_REALM KRB_AP_ERR_USER_TO_USER_REQUIRED KDC_ERR_CANT_VERIFY_CERTIFICATE
            KDC_ERR_INVALID_CERTIFICATE KDC_ERR_REVOKED_CERTIFICATE KDC_ERR_REVOCATION_STATUS_UNKNOWN
            KDC_ERR_REVOCATION_STATUS_UNAVAILABLE KDC_ERR_CLIENT_NAME_MISMATCH KDC_ERR_KDC_NAME_MISMATCH
            """
                    .strip()
                    .split("\\s+");

    private KerberosNames() {}

    static String cipher(int number) {
        return CIPHERS.getOrDefault(number, "unknown-" + number);
    }

    static String error(int code) {
        return code < ERRORS.length ? ERRORS[code] : "unknown-" + code;
    }
}
