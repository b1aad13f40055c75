package io.hark.detect.windows;

import static io.hark.event.Finding.Severity.HIGH;
import static io.hark.event.Finding.Severity.LOW;
import static io.hark.event.Finding.Severity.MEDIUM;

import io.hark.event.LdapSearch;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a search of a directory is really after, read from its filter, base and attributes.
///
/// *Source*: attributes and matching rules of MS-ADTS; userAccountControl bits of its §2.2.16.
final class LdapQuestion {

    /// Matched in this order, on lower-case text without spaces; the first one counts.
    private record Sign(String in, Act act) {}

    private static final String PREFIX = "ldap ";

    private static final List<Sign> SIGNS =
            List.of(
                    sign("cn=adfs", "the key container of AD FS", HIGH, "T1552.004"),
                    sign("ms-mcs-admpwd", "local administrators' passwords (LAPS)", HIGH, "T1555"),
                    sign("mslaps-", "local administrators' passwords (LAPS)", HIGH, "T1555"),
                    sign("msds-managedpassword", "passwords of managed accounts", HIGH, "T1555"),
                    sign(
                            "803:=4194304",
                            "accounts that need no pre-authentication",
                            MEDIUM,
                            "T1558.004",
                            "T1087.002"),
                    sign(
                            "803:=524288",
                            "hosts trusted for any delegation",
                            MEDIUM,
                            "T1018",
                            "T1087.002"),
                    sign(
                            "msds-allowedtodelegateto=*",
                            "accounts trusted for delegation",
                            MEDIUM,
                            "T1087.002"),
                    sign(
                            "serviceprincipalname=*",
                            "accounts with services",
                            MEDIUM,
                            "T1558.003",
                            "T1087.002"),
                    sign(
                            "admincount=1",
                            "protected accounts and groups",
                            MEDIUM,
                            "T1069.002",
                            "T1087.002"),
                    sign("=domainadmins", "domain administrators", MEDIUM, "T1069.002"),
                    sign("cn=domainadmins", "domain administrators", MEDIUM, "T1069.002"),
                    sign("=enterpriseadmins", "enterprise administrators", MEDIUM, "T1069.002"),
                    sign("cn=enterpriseadmins", "enterprise administrators", MEDIUM, "T1069.002"),
                    sign("=schemaadmins", "schema administrators", MEDIUM, "T1069.002"),
                    sign("objectclass=trusteddomain", "trusts of the domain", MEDIUM, "T1482"),
                    sign("803:=8192", "domain controllers", LOW, "T1018"),
                    sign("samaccounttype=805306369", "all computers", LOW, "T1018"),
                    sign("samaccounttype=805306368", "all users", LOW, "T1087.002"),
                    sign("samaccounttype=268435456", "all groups", LOW, "T1069.002"),
                    sign("(objectcategory=computer))", "all computers", LOW, "T1018"),
                    sign("(objectclass=computer)", "computers", LOW, "T1018"),
                    sign("(objectcategory=group))", "all groups", LOW, "T1069.002"),
                    sign("(objectclass=group)", "groups", LOW, "T1069.002"));

    private static Sign sign(
            String in, String told, io.hark.event.Finding.Severity severity, String... ids) {
        return new Sign(in, Act.of(PREFIX + told, "asks the directory for " + told, severity, ids));
    }

    private LdapQuestion() {}

    /// All that can be asked, as acts.
    static List<Act> acts() {
        return SIGNS.stream().map(Sign::act).distinct().toList();
    }

    /// The name of the act that a search is; null for an ordinary one. A search of one known object
    /// is ordinary, but for the secrets in it.
    static @Nullable String name(LdapSearch search) {
        boolean one = "base".equals(search.scope());
        String text =
                (search.filter() + " " + search.base_object() + " " + search.attributes())
                        .toLowerCase(Locale.ROOT)
                        .replace(" ", "");
        for (Sign sign : SIGNS) {
            if ((!one || sign.act.severity() == HIGH) && text.contains(sign.in)) {
                return sign.act.name();
            }
        }
        return null;
    }
}
