#include "core/chart/auth_challenge.h"
#include "core/chart/oci_manifest.h"
#include "core/chart/registry_charts.h"
#include "core/chart/registry_client.h"
#include "core/chart/registry_config.h"
#include "core/chart/registry_reference.h"
#include "core/value/json.h"

#include <gtest/gtest.h>

/// What is read and written around registries, without any.
using namespace fairway;
using namespace fairway::chart;

TEST(AuthChallenge, isRead)
{
    using Scheme = AuthChallenge::Scheme;
    using Parameters = std::map<std::string, std::string, std::less<>>;
    const struct {
        const char *title;
        const char *header;
        Scheme scheme;
        Parameters parameters;
    } rows[] = {
        {"bearer", R"(Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push")", Scheme::Bearer,
            {{"realm", "https://auth.example/token"}, {"service", "registry.example"}, {"scope", "repository:a/b:pull,push"}}},
        {"basic", R"(Basic realm="x")", Scheme::Basic, {}},
        {"the scheme's case", "bEaReR realm=a", Scheme::Bearer, {{"realm", "a"}}},
        {"blanks around", "Bearer \t realm = \"a\" ,  service=b", Scheme::Bearer, {{"realm", "a"}, {"service", "b"}}},
        {"escapes", R"(Bearer realm="a\"b\\c")", Scheme::Bearer, {{"realm", "a\"b\\c"}}},
        {"the last of two counts", R"(Bearer realm="a",realm="b")", Scheme::Bearer, {{"realm", "b"}}},
        {"unknown scheme", R"(Negotiate abc=)", Scheme::Unknown, {}},
        {"empty", "", Scheme::Unknown, {}},
        {"no parameters", "Bearer", Scheme::Bearer, {}},
        {"a text without end", R"(Bearer service=x,realm="a)", Scheme::Bearer, {{"service", "x"}}},
        {"an escape at the end", "Bearer realm=\"a\\", Scheme::Bearer, {}},
        {"no value", "Bearer realm=", Scheme::Bearer, {}},
        {"no equals sign", "Bearer realm", Scheme::Bearer, {}},
        {"no comma between", R"(Bearer realm="a" service="b")", Scheme::Bearer, {{"realm", "a"}}},
        {"a control character", "Bearer realm=\x01", Scheme::Bearer, {}},
    };
    for (const auto &row : rows) {
        const AuthChallenge found = readAuthChallenge(row.header);
        EXPECT_EQ(found.scheme, row.scheme) << row.title;
        EXPECT_EQ(found.parameters, row.parameters) << row.title;
    }
    // However many are sent, few are kept.
    std::string many = "Bearer ";
    for (int i = 0; i < 100'000; ++i)
        many += "a" + std::to_string(i) + "=b,";
    EXPECT_LE(readAuthChallenge(many).parameters.size(), 32U);
}

TEST(RegistryReference, isRead)
{
    const std::string digest = "sha256:" + std::string(64, 'a');
    const struct {
        std::string text;
        RegistryReference wanted;
        std::string printed;
    } rows[] = {
        {"oci://127.0.0.1:5000/charts/demo:0.1.0", {"127.0.0.1:5000", "charts/demo", "0.1.0", ""}, "127.0.0.1:5000/charts/demo:0.1.0"},
        {"host/demo", {"host", "demo", "", ""}, "host/demo"},
        {"host/demo:1.0.0+b.1", {"host", "demo", "1.0.0_b.1", ""}, "host/demo:1.0.0_b.1"},
        {"host/a+b", {}, ""},
        {"host/demo@" + digest, {"host", "demo", "", digest}, "host/demo@" + digest},
        {"host/demo:1@" + digest, {"host", "demo", "1", digest}, "host/demo:1"},
        {"[::1]:5000/a/b/c", {"[::1]:5000", "a/b/c", "", ""}, "[::1]:5000/a/b/c"},
        {"host/a__b/c.d/e-f/g--h", {"host", "a__b/c.d/e-f/g--h", "", ""}, "host/a__b/c.d/e-f/g--h"},
    };
    for (const auto &row : rows) {
        const auto found = RegistryReference::parse(row.text);
        if (row.printed.empty()) {
            EXPECT_FALSE(found) << row.text;
            continue;
        }
        ASSERT_TRUE(found) << row.text << ": " << found.error().message;
        EXPECT_EQ(found->registry, row.wanted.registry) << row.text;
        EXPECT_EQ(found->repository, row.wanted.repository) << row.text;
        EXPECT_EQ(found->tag, row.wanted.tag) << row.text;
        EXPECT_EQ(found->digest, row.wanted.digest) << row.text;
        EXPECT_EQ(found->toString(), row.printed);
    }
}

TEST(RegistryReference, refusesWhatIsNone)
{
    const struct {
        std::string text;
        const char *message;
    } rows[] = {
        {"oci://host", "invalid reference: missing registry or repository"},
        {"", "invalid reference: missing registry or repository"},
        {"host/", "invalid reference: invalid repository \"\""},
        {"host/A", "invalid reference: invalid repository \"A\""},
        {"host/a/../b", "invalid reference: invalid repository \"a/../b\""},
        {"host/a//b", "invalid reference: invalid repository \"a//b\""},
        {"host/a..b", "invalid reference: invalid repository \"a..b\""},
        {"host/a___b", "invalid reference: invalid repository \"a___b\""},
        {"host/-a", "invalid reference: invalid repository \"-a\""},
        {"host/a-", "invalid reference: invalid repository \"a-\""},
        {"host/a:.x", "invalid reference: invalid tag \".x\""},
        {"host/a:b/c", "invalid reference: invalid tag \"b/c\""},
        {"user@host/a", "invalid reference: invalid digest \"host/a\""},
        {"host/a@sha256:12", "invalid reference: invalid digest \"sha256:12\""},
        {"host/a@md5:12", "invalid reference: invalid digest \"md5:12\""},
        {"/a", "invalid reference: invalid registry \"\""},
        {"ho st/a", "invalid reference: invalid registry \"ho st\""},
        {"host:port/a", "invalid reference: invalid registry \"host:port\""},
        {"[::1/a", "invalid reference: invalid registry \"[::1\""},
        {"ho?st/a", "invalid reference: invalid registry \"ho?st\""},
    };
    for (const auto &row : rows) {
        const auto found = RegistryReference::parse(row.text);
        ASSERT_FALSE(found) << row.text;
        EXPECT_EQ(found.error().message, row.message);
    }
    EXPECT_FALSE(RegistryReference::parse("host/a:" + std::string(129, 'x')));
}

TEST(RegistryConfig, findsCredentials)
{
    const auto config = RegistryConfig::parse(R"({"auths": {
        "plain.example": {"auth": "am9lOnM6M2NyZXQ="},
        "https://url.example/v1/": {"username": "u", "password": "p"},
        "https://index.docker.io/v1/": {"auth": "aHViOng="},
        "token.example": {"identitytoken": "refresh"},
        "access.example": {"registrytoken": "access"},
        "broken.example": {"auth": "####"},
        "colonless.example": {"auth": "am9l"},
        "empty.example": {}
    }, "credHelpers": {"helped.example": "own"}, "credsStore": "all"})");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->find("plain.example")->value(), (RegistryCredential {"joe", "s:3cret", "", ""}));
    EXPECT_EQ(config->find("url.example")->value(), (RegistryCredential {"u", "p", "", ""}));
    EXPECT_EQ(config->find("https://index.docker.io/v1/")->value(), (RegistryCredential {"hub", "x", "", ""}));
    EXPECT_EQ(config->find("token.example")->value(), (RegistryCredential {"", "", "refresh", ""}));
    EXPECT_EQ(config->find("access.example")->value(), (RegistryCredential {"", "", "", "access"}));
    EXPECT_TRUE(config->find("empty.example")->value().isEmpty());
    EXPECT_FALSE(config->find("other.example")->has_value());
    for (const char *const server : {"broken.example", "colonless.example"}) {
        const auto found = config->find(server);
        ASSERT_FALSE(found) << server;
        EXPECT_EQ(found.error().message.find("am9l"), std::string::npos) << "a secret in an error";
    }
    EXPECT_EQ(config->helperOf("helped.example"), "own");
    EXPECT_EQ(config->helperOf("other.example"), "all");
    EXPECT_TRUE(config->isConfigured());
    EXPECT_FALSE(RegistryConfig().isConfigured());
}

TEST(RegistryConfig, keepsWhatItDoesNotKnow)
{
    auto config = RegistryConfig::parse(
        R"({"auths":{"b.example":{"auth":"Yjpi","email":"x@example.com"}},"HttpHeaders":{"User-Agent":"<x> & y"},"detachKeys":"ctrl-e,e",)"
        R"("plugins":{"list":[1,2.5,{"a":null}],"none":[],"on":true},"credHelpers":{"gcr.io":"gcloud"}})");
    ASSERT_TRUE(config) << config.error().message;
    config->set("a.example", {"joe", "s3cret", "", ""});
    EXPECT_EQ(config->toText(), R"({
	"HttpHeaders": {
		"User-Agent": "<x> & y"
	},
	"auths": {
		"a.example": {
			"auth": "am9lOnMzY3JldA=="
		},
		"b.example": {
			"auth": "Yjpi",
			"email": "x@example.com"
		}
	},
	"credHelpers": {
		"gcr.io": "gcloud"
	},
	"detachKeys": "ctrl-e,e",
	"plugins": {
		"list": [
			1,
			2.5,
			{
				"a": null
			}
		],
		"none": [],
		"on": true
	}
})");
    EXPECT_TRUE(config->remove("a.example"));
    EXPECT_FALSE(config->remove("a.example"));
    EXPECT_EQ(config->find("b.example")->value().password, "b");
    const auto again = RegistryConfig::parse(config->toText());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->toText(), config->toText());
    EXPECT_EQ(RegistryConfig().toText(), "{\n\t\"auths\": {}\n}");
}

TEST(RegistryConfig, refusesOtherThingsWithoutQuotingThem)
{
    for (const char *const text : {"", "[]", "\"s3cret\"", R"({"auths": "s3cret"})", R"({"auths": ["s3cret"]})", R"({"credHelpers": 1})", "{\"auths\": {s3cret"}) {
        const auto found = RegistryConfig::parse(text);
        ASSERT_FALSE(found) << text;
        EXPECT_EQ(found.error().message.find("s3cret"), std::string::npos) << found.error().message;
    }
}

TEST(OciManifest, isWrittenInHelmsOrder)
{
    Metadata metadata;
    metadata.name = "demo";
    metadata.version = "0.1.0";
    metadata.apiVersion = "v2";
    metadata.description = "<a> & b";
    metadata.home = "https://example.com";
    metadata.sources = {"https://one", "https://two"};
    metadata.keywords = {"x"};
    metadata.maintainers = {Maintainer {"M", "m@example.com", ""}, Maintainer {"N", "", "https://n"}};
    metadata.annotations = std::map<std::string, std::string> {{"b", "2"}, {"a", "1"}, {"org.opencontainers.image.title", "no"},
        {"org.opencontainers.image.url", "https://other"}};
    Dependency dependency;
    dependency.name = "sub";
    dependency.version = "1";
    dependency.importValues = {value::Value("data"), value::Value::map({{"child", "c"}, {"parent", "p"}})};
    metadata.dependencies = {dependency};
    metadata.deprecated = true;
    metadata.type = "application";
    EXPECT_EQ(chartConfigJson(metadata),
        R"({"name":"demo","home":"https://example.com","sources":["https://one","https://two"],"version":"0.1.0","description":"\u003ca\u003e \u0026 b",)"
        R"("keywords":["x"],"maintainers":[{"name":"M","email":"m@example.com"},{"name":"N","url":"https://n"}],"apiVersion":"v2","deprecated":true,)"
        R"("annotations":{"a":"1","b":"2","org.opencontainers.image.title":"no","org.opencontainers.image.url":"https://other"},)"
        R"("dependencies":[{"name":"sub","version":"1","repository":"","import-values":["data",{"child":"c","parent":"p"}]}],"type":"application"})");

    const OciManifest manifest = chartManifest(metadata, "archive", "provenance", "2026-01-02T03:04:05Z");
    EXPECT_EQ(manifest.annotations.at("org.opencontainers.image.title"), "demo");
    EXPECT_EQ(manifest.annotations.at("org.opencontainers.image.url"), "https://other");
    EXPECT_EQ(manifest.annotations.at("org.opencontainers.image.authors"), "M (m@example.com), N");
    EXPECT_EQ(manifest.annotations.at("org.opencontainers.image.source"), "https://one");
    const auto read = parseOciContent(manifest.toJson());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->manifest.toJson(), manifest.toJson());
    ASSERT_EQ(manifest.layers.size(), 2U);
    EXPECT_LT(manifest.layers[0].digest, manifest.layers[1].digest);
}

TEST(OciManifest, refusesWhatIsNone)
{
    const std::string digest = "sha256:" + std::string(64, '0');
    std::string many = R"({"config":{"digest":")" + digest + R"(","size":1},"layers":[)";
    for (int i = 0; i < 1001; ++i)
        many += std::string(i > 0 ? "," : "") + R"({"digest":")" + digest + R"(","size":1})";
    for (const std::string &text : {std::string(), std::string("<html></html>"), std::string("[]"), std::string("{}"),
             std::string(R"({"config":{"digest":"sha256:..","size":1}})"), std::string(R"({"config":{"digest":"../../etc","size":1}})"),
             R"({"config":{"digest":")" + digest + R"(","size":-1}})", R"({"config":{"digest":")" + digest + R"("}})",
             R"({"config":{"digest":")" + digest + R"(","size":1},"layers":[{"digest":"x","size":1}]})", many + "]}"})
        EXPECT_FALSE(parseOciContent(text)) << text.substr(0, 80);
}

TEST(RegistryVersions, matchAsHelmsDo)
{
    const std::vector<std::string> versions {"2.0.0-rc.1", "1.10.0+build.1", "1.9.0", "0.1.0"};
    const struct {
        const char *wanted;
        const char *found;
    } rows[] = {{"", "1.10.0+build.1"}, {"1.9.0", "1.9.0"}, {"^1.0.0", "1.10.0+build.1"}, {"<1", "0.1.0"}, {">0.0.0-0", "2.0.0-rc.1"},
        {"1.10.0+build.1", "1.10.0+build.1"}, {"~1.9", "1.9.0"}};
    for (const auto &row : rows) {
        const auto found = matchingVersion(versions, row.wanted, HelmVersion::V4);
        ASSERT_TRUE(found) << row.wanted << ": " << found.error().message;
        EXPECT_EQ(*found, row.found) << row.wanted;
    }
    EXPECT_EQ(matchingVersion(versions, ">9", HelmVersion::V4).error().message, "could not locate a version matching provided version string >9");
    EXPECT_EQ(matchingVersion(versions, ">9", HelmVersion::V3).error().message, "Could not locate a version matching provided version string >9");
    EXPECT_EQ(matchingVersion(versions, "latest", HelmVersion::V4).error().message, "improper constraint: latest");
}

TEST(RegistryAnswers, areToldInHelmsWords)
{
    const char *const unknown = R"({"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known to registry","detail":{"name":"charts/nix"}}]})";
    EXPECT_EQ(registryComplaint(unknown, HelmVersion::V4), "name unknown: repository name not known to registry: map[name:charts/nix]");
    EXPECT_EQ(registryComplaint(unknown, HelmVersion::V3), "name unknown: repository name not known to registry");
    EXPECT_EQ(registryComplaint(R"({"errors":[{"code":"A"},{"code":"B","message":"m","detail":null}]})", HelmVersion::V4), "a; b: m");
    for (const char *const text : {"", "<html>", "[]", R"({"errors":{}})", R"({"errors":[]})"})
        EXPECT_EQ(registryComplaint(text, HelmVersion::V4), "") << text;

    const char *const page = "https://host/v2/a/tags/list?n=2";
    EXPECT_EQ(nextPage(R"(</v2/a/tags/list?last=b&n=2>; rel="next")", page), "https://host/v2/a/tags/list?last=b&n=2");
    EXPECT_EQ(nextPage(R"(<https://host/x>; rel="prev", <https://host/y>; rel="next")", page), "https://host/y");
    for (const char *const link : {"", "<", "<x", "</x>", R"(</x>; rel="prev")"})
        EXPECT_EQ(nextPage(link, page), "") << link;
}
