#include "core/funcs/helm_functions.h"
#include "core/gotemplate/template.h"
#include "core/value/json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>

using namespace fairway;
using value::Value;

namespace {

struct Row {
    const char *text;
    const char *expected;
};

std::string run(std::string_view text, int helmVersion = 4, bool isLint = false)
{
    funcs::HelmContext context;
    context.helmVersion = helmVersion;
    context.isLint = isLint;
    ManualClock clock(std::chrono::system_clock::time_point(std::chrono::seconds(1'700'000'000)));
    context.base.clock = &clock;
    context.base.timeZone = "UTC";
    gotemplate::FunctionMap functions;
    funcs::registerHelm(functions, context);
    gotemplate::TemplateSet set(functions);
    if (const auto parsed = set.parse("t", text); !parsed)
        return parsed.error().message;
    value::JsonLimits limits;
    limits.numbers = value::NumberStyle::Helm;
    const Value data = value::parseJson(R"({"s":"text","n":3,"f":1.5,"l":["b","a"],"m":{"k":"v","n":null},"e":""})", limits).value();
    const auto out = set.execute("t", data);
    return out ? *out : out.error().message;
}

/// What comes after "error calling NAME: ".
std::string errorOf(std::string_view text)
{
    const std::string message = run(text);
    const std::size_t at = message.find("error calling ");
    const std::size_t colon = message.find(": ", at);
    return at == std::string::npos ? message : message.substr(colon + 2);
}

} // namespace

// Expectations are what helm 4.1.4 printed.
TEST(Functions, Answer)
{
    const Row rows[] = {
        {R"({{ trunc 3 "abcdef" }}{{ trunc -3 "abcdef" }}{{ trunc 9 "ab" }})", "abcdefab"},
        {R"({{ abbrev 5 "hello world" }}|{{ abbrevboth 5 10 "1234 5678 9123" }})", "he...|...5678..."},
        {R"({{ trim "  a b\t\n" }}|{{ trimAll "$" "$5.00$" }}|{{ trimSuffix "-" "a-" }}|{{ trimPrefix "-" "-a" }})", "a b|5.00|a|a"},
        {R"({{ upper "aé" }}{{ lower "AÉ" }}{{ title "hello wOrld" }}{{ untitle "Hello World" }})", "AÉaéHello WOrldhello world"},
        {R"({{ camelcase "foo_bar__BazQUUX-xml_HTTPServer fOO" }}|{{ camelcase "-" }}|{{ camelcase "aB_C__" }})",
            "FooBar_BazQUUXXmlHttpserverFOO|--|ABC__"},
        {R"({{ snakecase "FirstName" }} {{ snakecase "HTTPServer" }} {{ kebabcase "HTTP20xOK" }} {{ snakecase "Bld4Floor3rd" }})",
            "first_name http_server http-20x-ok bld4_floor_3rd"},
        {R"({{ swapcase "This Is A.Test" }}|{{ initials "First Try" }}|{{ nospace " a b " }}|{{ substr 0 5 "hello world" }})",
            "tHIS iS a.tEST|FT|ab|hello"},
        {R"({{ wrap 5 "hello big world" }}|{{ wrapWith 5 "," "HelloWorld" }})", "hello\nbig\nworld|Hello,World"},
        {R"({{ indent 2 "a\nb" }}|{{ nindent 2 "a\nb" }})", "  a\n  b|\n  a\n  b"},
        {R"({{ replace "a" "x" "banana" }}{{ plural "one" "many" 2 }}{{ repeat 3 "ab" }}{{ cat 1 "a" nil 2 }})", "bxnxnxmanyababab1 a 2"},
        {R"({{ quote "a\"b" 1 nil }} {{ squote "a" 1.5 }})", "\"a\\\"b\" \"1\" 'a' '1.5'"},
        {R"({{ splitList "," "a,b" }} {{ (split "," "a,b")._1 }} {{ (splitn "," 2 "a,b,c")._1 }} {{ join "-" (list 1 "a" nil) }})",
            "[a b] b b,c 1-a"},
        {R"({{ int "1.5" }}{{ int "08" }}{{ int "0x1F" }}{{ int "1.0" }}{{ int true }}{{ int nil }} {{ int64 1e30 }} {{ float64 "1e3" }})",
            "0831110 -9223372036854775808 1000"},
        {R"({{ add 1 2.9 "3" }} {{ sub 5 2 }} {{ mul 2 3 4 }} {{ div 7 -2 }} {{ mod -7 3 }} {{ add1 1 }} {{ max 1 5 3 }} {{ min 4 2 }})",
            "6 3 24 -3 -1 2 5 2"},
        {R"({{ addf 0.1 0.2 }} {{ subf 1 0.9 }} {{ mulf 1.1 3 }} {{ divf 10 3 }} {{ floor 1.9 }} {{ ceil 1.1 }} {{ round 123.5555 3 }})",
            "0.3 0.1 3.3 3.3333333333333335 1 2 123.556"},
        {R"({{ until 3 }} {{ untilStep 3 6 2 }} {{ seq 5 }} {{ seq 0 2 6 }} {{ seq 2 -2 }} {{ until -2 }})",
            "[0 1 2] [3 5] 1 2 3 4 5 0 2 4 6 2 1 0 -1 -2 [0 -1]"},
        {R"({{ list 1 2 | first }}{{ list 1 2 | last }}{{ rest (list 1 2 3) }}{{ initial (list 1 2 3) }}{{ reverse (list 1 2) }})",
            "12[2 3][1 2][2 1]"},
        {R"({{ append (list 1) 2 }}{{ prepend (list 1) 0 }}{{ concat (list 1) (list 2) }}{{ uniq (list 1 1 1.0) }}{{ without (list 1 2) 1 }})",
            "[1 2][0 1][1 2][1 1][2]"},
        {R"({{ has 1 (list 1) }}{{ has 1 (list 1.0) }}{{ slice (list 1 2 3) 1 2 }}{{ chunk 2 (list 1 2 3) }}{{ compact (list 0 1 "") }})",
            "truefalse[2][[1 2] [3]][1]"},
        {R"({{ sortAlpha (list "b" "a") }}{{ typeOf (splitList "," "a") }}{{ typeOf (until 1) }}{{ typeOf (dict) }})",
            "[a b][]string[]intmap[string]interface {}"},
        {R"({{ dict "a" 1 "b" }}{{ get (dict "a" 1) "a" }}{{ hasKey (dict "a" 1) "b" }}{{ pick (dict "a" 1 "b" 2) "a" }}{{ omit (dict "a" 1 "b" 2) "a" }})",
            "map[a:1 b:]1falsemap[a:1]map[b:2]"},
        {R"({{ merge (dict "a" 1 "f" false) (dict "a" 2 "b" 3 "f" true) }}{{ mergeOverwrite (dict "a" 1) (dict "a" 0) }})",
            "map[a:1 b:3 f:true]map[a:0]"},
        {R"({{ dig "a" "b" "none" (dict "a" (dict "b" 1)) }}{{ dig "a" "x" "none" (dict "a" (dict "b" 1)) }}{{ pluck "a" (dict "a" 1) (dict) }})",
            "1none[1]"},
        {R"({{ $d := dict }}{{ $_ := set $d "k" "v" }}{{ $d.k }}{{ $_ = unset $d "k" }}{{ len $d }})", "v0"},
        {R"({{ default "d" .e }}{{ default "d" .s }}{{ coalesce nil 0 "x" }}{{ ternary 1 2 true }}{{ empty 0 }}{{ all 1 0 }}{{ any 1 0 }})",
            "dtextx1truefalsetrue"},
        {R"({{ kindOf 1.5 }} {{ kindIs "map" .m }} {{ typeIs "string" .s }} {{ kindOf nil }} {{ typeOf nil }} {{ typeIsLike "semver.Version" (semver "1.2.3") }})",
            "float64 true true invalid <nil> true"},
        {R"({{ toJson (dict "a" "<b>") }} {{ toRawJson (dict "a" "<b>") }} {{ toPrettyJson (list 1) }})",
            "{\"a\":\"\\u003cb\\u003e\"} {\"a\":\"<b>\"} [\n  1\n]"},
        {R"({{ fromJson "{" }} {{ fromJson "[]" }} {{ fromJsonArray "{}" }} {{ (fromJson "{\"a\":[1]}").a }})",
            "map[Error:unexpected end of JSON input] map[Error:json: cannot unmarshal array into Go value of type map[string]interface {}] "
            "[json: cannot unmarshal object into Go value of type []interface {}] [1]"},
        {R"({{ toYaml (dict "a" (list 1 2)) }}|{{ toYamlPretty (dict "a" (list 1)) }}|{{ (fromYaml "a: 1").a }}|{{ fromYamlArray "- 1" }})",
            "a:\n- 1\n- 2|a:\n  - 1|1|[1]"},
        {R"({{ toToml (dict "a" 1 "b" (dict "c" 1.0 "d" (list (dict "e" true)))) }})",
            "a = 1\n\n[b]\n  c = 1.0\n\n  [[b.d]]\n    e = true\n"},
        {R"({{ fromToml "a = 1\nb = 1.5\nc = 1979-05-27T07:32:00Z\nd = [1, 'x']\n[e.f]\ng = true\n[[h]]\ni = {j = \"k\"}\n" }})",
            "map[a:1 b:1.5 c:1979-05-27 07:32:00 +0000 UTC d:[1 x] e:map[f:map[g:true]] h:[map[i:map[j:k]]]]"},
        {R"({{ (fromToml "a = \n").Error }}|{{ (fromToml "a").Error }}|{{ (fromToml "a = 1\na = 2").Error }})",
            "toml: line 1 (last key \"a\"): expected value but found '\\n' instead|toml: line 1: unexpected EOF; expected key separator '='|"
            "toml: line 2 (last key \"a\"): Key 'a' has already been defined."},
        {R"({{ b64enc "a" }} {{ b64dec "YQ==" }} {{ b64dec "Y" }} {{ b32enc "ab" }} {{ b32dec "MFRA====" }})",
            "YQ== a illegal base64 data at input byte 0 MFRA==== ab"},
        {R"({{ sha1sum "abc" }} {{ sha256sum "abc" }} {{ adler32sum "abc" }})",
            "a9993e364706816aba3e25717850c26c9cd0d89d ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 38600999"},
        {R"({{ sha512sum "" | trunc 16 }} {{ derivePassword 1 "long" "password" "user" "example.com" }})", "cf83e1357eefb8bd ZedaFaxcZaso9*"},
        {R"({{ regexMatch "^a+$" "aa" }} {{ regexFind "[0-9]+" "a12b3" }} {{ regexFindAll "[0-9]+" "a12b3" -1 }} {{ regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W" }})",
            "true 12 [12 3] -W-xxW-"},
        {R"({{ regexReplaceAllLiteral "a(x*)b" "-ab-" "${1}" }} {{ regexSplit "z+" "pizza" -1 }} {{ regexQuoteMeta "1.2$" }} {{ regexMatch "(" "a" }})",
            "-${1}- [pi a] 1\\.2\\$ false"},
        {R"({{ base "/a/b.c" }} {{ dir "/a/b.c" }} {{ clean "a/../b//c" }} {{ ext "a.tar.gz" }} {{ isAbs "/a" }})", "b.c /a b/c .gz true"},
        {R"({{ $u := urlParse "https://u:p@host:80/a%20b?q=1#f" }}{{ $u.hostname }} {{ $u.path }} {{ $u.userinfo }} {{ urlJoin $u }})",
            "host /a b u:p https://u:p@host:80/a%20b?q=1#f"},
        {R"({{ (semver "v1.2.3-beta+b").Prerelease }} {{ (semver "1.2.3").Major }} {{ semverCompare "^1.2" "1.9.0" }})", "beta 1 true"},
        {R"({{ date "2006-01-02T15:04:05Z07:00" 0 }} {{ dateInZone "Mon Jan _2 3:04PM MST 2006" 1700000000 "UTC" }} {{ htmlDate 0 }})",
            "1970-01-01T00:00:00Z Tue Nov 14 10:13PM UTC 2023 1970-01-01"},
        {R"({{ (toDate "2006-01-02" "2024-02-29").Unix }} {{ toDate "2006-01-02" "nope" }} {{ unixEpoch now }} {{ now | dateModify "-1h" | unixEpoch }})",
            "1709164800 0001-01-01 00:00:00 +0000 UTC 1700000000 1699996400"},
        {R"({{ duration "95" }} {{ durationRound "2h10m5s" }} {{ ago 1699999940 }})", "1m35s 2h 1m0s"},
        {R"({{ tpl "{{ .s }}{{ define \"z\" }}!{{ end }}{{ include \"z\" . }}" . }} {{ required "need" .s }} {{ lookup "v1" "Pod" "" "" }}{{ getHostByName "x" }})",
            "text! text map[]"},
        {R"({{ include "t2" . }}{{ define "t2" }}{{ .n }}{{ end }})", "3"},
        {R"({{ len (randAlphaNum 12) }} {{ len (uuidv4) }} {{ regexMatch "^[0-9]{5}$" (randNumeric 5) }} {{ len (b64dec (randBytes 9)) }} {{ len (shuffle "abc") }})",
            "12 36 true 9 3"},
        {R"({{ decryptAES "key" (encryptAES "key" "secret") }} {{ htpasswd "a:b" "c" }} {{ regexMatch "^u:\\$2a\\$10\\$.{53}$" (htpasswd "u" "p") }})",
            "secret invalid username: a:b true"},
    };
    for (const Row &row : rows)
        EXPECT_EQ(run(row.text), row.expected) << row.text;
}

TEST(Functions, Complain)
{
    const Row rows[] = {
        {R"({{ div 1 0 }})", "runtime error: integer divide by zero"},
        {R"({{ first "a" }})", "Cannot find first on type string"},
        {R"({{ first nil }})", "runtime error: invalid memory address or nil pointer dereference"},
        {R"({{ substr 2 1 "abc" }})", "runtime error: slice bounds out of range [2:1]"},
        {R"({{ substr -1 5 "abc" }})", "runtime error: slice bounds out of range [:5] with length 3"},
        {R"({{ repeat -1 "a" }})", "strings: negative Repeat count"},
        {R"({{ indent -1 "a" }})", "strings: negative Repeat count"},
        {R"({{ dig 1 2 3 }})", "interface conversion: interface {} is int, not map[string]interface {}"},
        {R"({{ concat 1 }})", "Cannot concat type int as list"},
        {R"({{ chunk 0 (list 1 2) }})", "runtime error: makeslice: len out of range"},
        {R"({{ set nil "a" 1 }})", "assignment to entry in nil map"},
        {R"({{ regexFind "(" "a" }})", "regexp: Compile(`(`): error parsing regexp: missing closing ): `(`"},
        {R"({{ randInt 5 5 }})", "invalid argument to Intn"},
        {R"({{ urlParse "%zz://" }})", "unable to parse url: parse \"%zz://\": first path segment in URL cannot contain colon"},
        {R"({{ required "need it" .e }})", "HELM_ERR_STARTneed itHELM_ERR_END"},
        {R"({{ fail "no" }})", "HELM_ERR_STARTnoHELM_ERR_END"},
        {R"({{ toToml (list 1) | fail }})", "HELM_ERR_STARTtoml: top-level values must be Go maps or structsHELM_ERR_END"},
        {R"({{ tpl "{{ nope }}" . }})", "cannot parse template \"{{ nope }}\": template: gotpl:1: function \"nope\" not defined"},
        {R"({{ tpl "{{ .s.x }}" . }})", "error during tpl function execution for \"{{ .s.x }}\": template: gotpl:1:5: executing \"gotpl\" at "
                                        "<.s.x>: can't evaluate field x in type interface {}"},
        {R"({{ repeat 1000000000 "aaaaaaaaaa" }})", "result is too large"},
        {R"({{ until 1000000000 }})", "result is too large"},
    };
    for (const Row &row : rows)
        EXPECT_EQ(errorOf(row.text), row.expected) << row.text;
    EXPECT_EQ(run("{{ env \"HOME\" }}"), "template: t:1: function \"env\" not defined");
    EXPECT_EQ(run("{{ mustToYaml 1 }}", 3), "template: t:1: function \"mustToYaml\" not defined");
    EXPECT_EQ(run("[{{ fail \"no\" }}{{ required \"x\" nil }}]", 4, true), "[]");
}

TEST(Functions, BoundsAnIncludeThatIncludesItself)
{
    const std::string message = run("{{ define \"x\" }}{{ include \"x\" . }}{{ end }}{{ include \"x\" . }}");
    const bool isBounded = message.ends_with("rendering template has a nested reference name: x: unable to execute template")
        || message.find("exceeded maximum template depth") != std::string::npos;
    EXPECT_TRUE(isBounded) << message.substr(message.size() - std::min<std::size_t>(message.size(), 200));
}

TEST(Functions, IssueCertificates)
{
    const std::string out = run(R"({{ $ca := genCA "my-ca" 365 }}{{ $c := genSignedCert "web" (list "10.0.0.1") (list "web.local") 30 $ca }}{{ $c.Cert }}{{ $c.Key }}{{ $ca.Cert }})");
    EXPECT_EQ(out.find("-----BEGIN CERTIFICATE-----\n"), 0U) << out.substr(0, 300);
    EXPECT_NE(out.find("-----BEGIN RSA PRIVATE KEY-----\n"), std::string::npos);
    EXPECT_NE(run(R"({{ genPrivateKey "ecdsa" }})").find("BEGIN EC PRIVATE KEY"), std::string::npos);
    EXPECT_NE(run(R"({{ genPrivateKey "ed25519" }})").find("BEGIN PRIVATE KEY"), std::string::npos);
    EXPECT_EQ(run(R"({{ genPrivateKey "x" }})"), "Unknown type x");
    EXPECT_EQ(errorOf(R"({{ genSelfSignedCert "a" (list "nope") nil 1 }})"), "error parsing ip: nope");
    EXPECT_EQ(run(R"({{ $k := genPrivateKey "ecdsa" }}{{ $a := genSelfSignedCertWithKey "a" nil nil 1 $k }}{{ eq $a.Key $k }}{{ (buildCustomCert (b64enc $a.Cert) (b64enc $a.Key)).Key | eq $k }})"),
        "truetrue");
}
