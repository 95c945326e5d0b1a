#include "core/kube/kubeconfig_reader.h"

#include "core/base/base64.h"
#include "core/base/one_line.h"
#include "core/kube/local_file.h"
#include "core/kube/url.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <optional>

namespace fairway::kube {
namespace {

constexpr std::size_t maxEntries = 5000;
constexpr std::size_t maxPluginArguments = 1000;

Text kindOf(const value::Value &value)
{
    switch (value.kind()) {
    case value::Kind::Null:
        return phrase("kube", "nothing");
    case value::Kind::Bool:
        return phrase("kube", "true or false");
    case value::Kind::Int:
    case value::Kind::Float:
        return phrase("kube", "a number");
    case value::Kind::String:
        return phrase("kube", "a text");
    case value::Kind::List:
        return phrase("kube", "a list");
    case value::Kind::Map:
        return phrase("kube", "a map");
    case value::Kind::Object:
        break;
    }
    return phrase("kube", "something else");
}

/// `sentence` goes on after the entry's name: phrase("kube", "has no server").
tl::unexpected<Error> bad(const EntryPlace &place, std::uint32_t line, const Text &sentence)
{
    return fail(ErrorCode::InvalidInput, phrase("kube", "%1: %2 %3").with(placeOf(place.file, line), place.what, sentence));
}

std::uint32_t lineOf(const value::Value &value, std::uint32_t fallback)
{
    return value.position().line > 0 ? value.position().line : fallback;
}

/// name-data (base64) wins over name (a path).
Result<PemSource> readPem(const value::Value &body, const std::string &name, const EntryPlace &place)
{
    const std::string dataKey = name + "-data";
    const std::string what = place.what;
    if (auto checked = checkText(body, {std::string_view(name), std::string_view(dataKey)}, place.file, what); !checked) {
        return tl::unexpected(checked.error());
    }
    PemSource out;
    out.file = resolvePath(place.folder, body[std::string_view(name)].stringOr());
    if (const std::string_view encoded = body[std::string_view(dataKey)].stringOr(); !encoded.empty()) {
        auto decoded = decodeBase64(encoded);
        if (!decoded) {
            return bad(place, body[std::string_view(dataKey)].position().line, phrase("kube", "has a %1 that is not base64").with(dataKey));
        }
        out.data = std::move(*decoded);
    }
    return out;
}

Result<bool> readFlag(const value::Value &body, const char *key, const EntryPlace &place)
{
    const value::Value &flag = body[key];
    if (!flag.isNull() && !flag.isBool()) {
        return bad(place, flag.position().line, phrase("kube", "has a %1 that is %2; true or false is needed").with(key, kindOf(flag)));
    }
    return flag.boolOr(false);
}

Result<std::vector<std::string>> readTexts(const value::Value &list, const char *key, const EntryPlace &place)
{
    std::vector<std::string> out;
    if (!list.isNull() && !list.isList()) {
        return bad(place, list.position().line, phrase("kube", "has %1 that is %2; a list is needed").with(key, kindOf(list)));
    }
    if (list.size() > maxPluginArguments) {
        return bad(place, list.position().line, phrase("kube", "has too many %1").with(key));
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!list[i].isString()) {
            return bad(place, list[i].position().line, phrase("kube", "has %1 among its %2; write it in quotes").with(kindOf(list[i]), key));
        }
        out.push_back(list[i].asString());
    }
    return out;
}

Result<ExecPlugin> readPlugin(const value::Value &exec, const EntryPlace &place)
{
    const std::uint32_t line = exec.position().line;
    if (!exec.isMap()) {
        return bad(place, line, phrase("kube", "has an exec that is %1; a map is needed").with(kindOf(exec)));
    }
    if (auto checked = checkText(exec, {"apiVersion", "command", "installHint", "interactiveMode"}, place.file, place.what + ", exec:"); !checked) {
        return tl::unexpected(checked.error());
    }
    ExecPlugin plugin;
    plugin.apiVersion = exec["apiVersion"].stringOr();
    plugin.installHint = exec["installHint"].stringOr();
    plugin.command = exec["command"].stringOr();
    if (plugin.command.empty()) {
        return bad(place, line, phrase("kube", "has an exec without a command"));
    }
    if (plugin.command.find('/') != std::string::npos) {
        plugin.command = resolvePath(place.folder, plugin.command);
    }
    if (plugin.apiVersion != "client.authentication.k8s.io/v1" && plugin.apiVersion != "client.authentication.k8s.io/v1beta1") {
        return bad(place, line, phrase("kube", "has an exec with apiVersion %1; client.authentication.k8s.io/v1 or v1beta1 is needed (update the plugin and its entry)")
                       .with(quoted(plugin.apiVersion)));
    }
    const std::string_view mode = exec["interactiveMode"].stringOr();
    if (mode == "Always") {
        plugin.interactiveMode = InteractiveMode::Always;
    } else if (mode == "Never") {
        plugin.interactiveMode = InteractiveMode::Never;
    } else if (!mode.empty() && mode != "IfAvailable") {
        return bad(place, line, phrase("kube", "has an exec with interactiveMode %1; Never, IfAvailable or Always is needed").with(quoted(mode)));
    }
    auto args = readTexts(exec["args"], "args", place);
    if (!args) {
        return tl::unexpected(args.error());
    }
    plugin.args = std::move(*args);
    const value::Value &env = exec["env"];
    if ((!env.isNull() && !env.isList()) || env.size() > maxPluginArguments) {
        return bad(place, line, phrase("kube", "has an exec whose env is not a list of names and values"));
    }
    for (std::size_t i = 0; i < env.size(); ++i) {
        const std::string_view name = env[i]["name"].stringOr();
        const value::Value &value = env[i]["value"];
        if (name.empty() || name.find('=') != std::string_view::npos || (!value.isString() && !value.isNull())) {
            return bad(place, line, phrase("kube", "has an exec whose env is not a list of names and values"));
        }
        plugin.env.emplace_back(name, value.stringOr());
    }
    auto provide = readFlag(exec, "provideClusterInfo", place);
    if (!provide) {
        return tl::unexpected(provide.error());
    }
    plugin.provideClusterInfo = *provide;
    return plugin;
}

} // namespace

std::string quoted(std::string_view name)
{
    return '"' + oneLine(name, 100) + '"';
}

std::string placeOf(const std::string &file, std::uint32_t line)
{
    return line == 0 ? file : file + ":" + std::to_string(line);
}

Result<void> checkText(const value::Value &entry, std::initializer_list<std::string_view> keys, const std::string &file,
                       const std::string &what)
{
    for (const std::string_view key : keys) {
        const value::Value &value = entry[key];
        if (!value.isNull() && !value.isString()) {
            return fail(ErrorCode::InvalidInput, phrase("kube", "%1: %2 has a %3 that is %4; a text is needed (write it in quotes)")
                                                     .with(placeOf(file, value.position().line), what, key, kindOf(value)));
        }
    }
    return {};
}

Result<void> readCluster(const value::Value &body, std::uint32_t line, const EntryPlace &place, ClusterAccess &out)
{
    if (auto checked = checkText(body, {"server", "tls-server-name", "proxy-url"}, place.file, place.what); !checked) {
        return checked;
    }
    out.server = body["server"].stringOr();
    if (out.server.empty()) {
        return bad(place, line, phrase("kube", "has no server"));
    }
    // kubectl takes an address without a scheme for http.
    if (out.server.find("://") == std::string::npos) {
        out.server = "http://" + out.server;
    }
    const auto url = parseServerUrl(out.server);
    if (!url) {
        return bad(place, lineOf(body["server"], line), phrase("kube", "has a server that is not an http or https address"));
    }
    while (out.server.ends_with('/')) {
        out.server.pop_back();
    }
    out.tlsServerName = body["tls-server-name"].stringOr();
    out.proxyUrl = body["proxy-url"].stringOr();
    if (!out.proxyUrl.empty() && !out.proxyUrl.starts_with("http://") && !out.proxyUrl.starts_with("https://")
        && !out.proxyUrl.starts_with("socks5://")) {
        return bad(place, lineOf(body["proxy-url"], line), phrase("kube", "has a proxy-url that is no http, https or socks5 address"));
    }
    if (out.proxyUrl.starts_with("socks5://")) {
        out.proxyUrl.insert(6, "h"); // Names are resolved by the proxy, as Go does.
    }
    auto ca = readPem(body, "certificate-authority", place);
    if (!ca) {
        return tl::unexpected(ca.error());
    }
    out.ca = std::move(*ca);
    auto insecure = readFlag(body, "insecure-skip-tls-verify", place);
    auto uncompressed = readFlag(body, "disable-compression", place);
    if (!insecure || !uncompressed) {
        return tl::unexpected((insecure ? uncompressed : insecure).error());
    }
    out.insecureSkipTlsVerify = *insecure;
    out.disableCompression = *uncompressed;
    if (out.insecureSkipTlsVerify && out.ca.isSet()) {
        return bad(place, line, phrase("kube", "sets both certificate-authority and insecure-skip-tls-verify; remove one of them"));
    }
    return {};
}

Result<void> readUser(const value::Value &body, std::uint32_t line, const EntryPlace &place, UserAccess &out)
{
    if (auto checked = checkText(body, {"token", "tokenFile", "username", "password", "as", "as-uid"}, place.file, place.what); !checked) {
        return checked;
    }
    out.token = body["token"].stringOr();
    out.tokenFile = resolvePath(place.folder, body["tokenFile"].stringOr());
    out.username = body["username"].stringOr();
    out.password = body["password"].stringOr();
    out.impersonateUser = body["as"].stringOr();
    out.impersonateUid = body["as-uid"].stringOr();
    for (const std::string *text : {&out.token, &out.impersonateUser, &out.impersonateUid}) {
        if (text->find_first_of("\r\n") != std::string::npos) {
            return bad(place, line, phrase("kube", "has a token or name with a line break in it"));
        }
    }
    auto groups = readTexts(body["as-groups"], "as-groups", place);
    if (!groups) {
        return tl::unexpected(groups.error());
    }
    out.impersonateGroups = std::move(*groups);
    auto certificate = readPem(body, "client-certificate", place);
    auto key = readPem(body, "client-key", place);
    if (!certificate || !key) {
        return tl::unexpected((certificate ? key : certificate).error());
    }
    out.clientCertificate = std::move(*certificate);
    out.clientKey = std::move(*key);
    if (out.clientCertificate.isSet() != out.clientKey.isSet()) {
        return bad(place, line, out.clientKey.isSet() ? phrase("kube", "has a client-key without a client-certificate")
                                                       : phrase("kube", "has a client-certificate without a client-key"));
    }
    if ((!out.token.empty() || !out.tokenFile.empty()) && !out.username.empty()) {
        return bad(place, line, phrase("kube", "has both a token and a username; one way to sign in is needed"));
    }
    if (!body["exec"].isNull()) {
        auto plugin = readPlugin(body["exec"], place);
        if (!plugin) {
            return tl::unexpected(plugin.error());
        }
        out.exec = std::move(*plugin);
    }
    const value::Value &provider = body["auth-provider"];
    if (!provider.isNull()) {
        return bad(place, lineOf(provider, line), phrase("kube", "uses auth-provider %1, which Kubernetes removed in 1.26; use the provider's exec plugin")
                       .with(quoted(provider["name"].stringOr())));
    }
    return {};
}

Result<void> KubeconfigReader::add(std::string_view text, const std::string &file, const std::string &folder)
{
    auto root = value::parseYaml(text);
    if (!root) {
        return fail(root.error().code, phrase("kube", "%1: not a kubeconfig: %2").with(file, oneLine(root.error().message, 1000))); // it may quote a value
    }
    m_config.m_files.push_back(file);
    if (root->isNull()) {
        return {};
    }
    if (!root->isMap()) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "%1: not a kubeconfig: holds %2 where a map with clusters, users and contexts is needed").with(file, kindOf(*root)));
    }
    if (auto checked = checkText(*root, {"kind", "apiVersion", "current-context"}, file, "the file"); !checked) {
        return checked;
    }
    const std::string_view kind = (*root)["kind"].stringOr();
    const std::string_view version = (*root)["apiVersion"].stringOr();
    if ((!kind.empty() && kind != "Config") || (!version.empty() && version != "v1")) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "%1: holds a %2 of version %3, not a kubeconfig (v1 Config)").with(file, quoted(kind), quoted(version)));
    }
    if (m_config.m_currentContext.empty()) {
        m_config.m_currentContext = (*root)["current-context"].stringOr();
    }
    if (auto added = addEntries(*root, "clusters", "cluster", file, folder, m_config.m_clusterEntries); !added) {
        return added;
    }
    if (auto added = addEntries(*root, "users", "user", file, folder, m_config.m_userEntries); !added) {
        return added;
    }
    return addEntries(*root, "contexts", "context", file, folder, m_config.m_contextEntries);
}

Result<void> KubeconfigReader::addEntries(const value::Value &root, std::string_view listKey, std::string_view bodyKey,
                                          const std::string &file, const std::string &folder, std::vector<Kubeconfig::Entry> &out)
{
    const value::Value &list = root[listKey];
    if (list.isNull()) {
        return {};
    }
    const std::string listName(listKey);
    if (!list.isList()) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "%1: %2 is %3; a list is needed").with(placeOf(file, list.position().line), listName, kindOf(list)));
    }
    if (list.size() + out.size() > maxEntries) {
        return fail(ErrorCode::LimitExceeded, phrase("kube", "%1: more than %2 %3").with(file, maxEntries, listName));
    }
    const std::size_t before = out.size();
    for (std::size_t i = 0; i < list.size(); ++i) {
        const value::Value &item = list[i];
        const std::uint32_t line = lineOf(item, list.position().line);
        const Text place = phrase("kube", "%1: entry %2 of %3").with(placeOf(file, line), i + 1, listName);
        if (!item.isMap()) {
            return fail(ErrorCode::InvalidInput, phrase("kube", "%1 is %2; a map with name and %3 is needed").with(place, kindOf(item), bodyKey));
        }
        if (!item["name"].isString() || item["name"].asString().empty()) {
            return fail(ErrorCode::InvalidInput, item["name"].isNull() || item["name"].isString()
                    ? phrase("kube", "%1 has no name").with(place)
                    : phrase("kube", "%1 has no name of text (write it in quotes)").with(place));
        }
        const std::string &name = item["name"].asString();
        const value::Value &body = item[bodyKey];
        if (!body.isMap() && !body.isNull()) {
            return fail(ErrorCode::InvalidInput, phrase("kube", "%1 (%2) has a %3 that is %4; a map is needed").with(place, quoted(name), bodyKey, kindOf(body)));
        }
        const auto sameName = [&name](const Kubeconfig::Entry &entry) { return entry.name == name; };
        const auto firstOfFile = out.begin() + static_cast<std::ptrdiff_t>(before);
        if (std::any_of(firstOfFile, out.end(), sameName)) {
            return fail(ErrorCode::InvalidInput, phrase("kube", "%1 repeats the name %2").with(place, quoted(name)));
        }
        if (std::any_of(out.begin(), firstOfFile, sameName)) {
            continue; // An earlier file wins with its whole entry.
        }
        out.push_back({name, body.isNull() ? value::Value::map() : body, file, folder, line});
    }
    return {};
}

Kubeconfig KubeconfigReader::take()
{
    m_config.listContexts();
    return std::move(m_config);
}

} // namespace fairway::kube
