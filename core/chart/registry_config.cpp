#include "core/chart/registry_config.h"

#include "core/base/base64.h"
#include "core/value/json.h"

namespace fairway::chart {

namespace {

using value::Value;

constexpr std::size_t maxConfig = std::size_t {8} << 20;

/// As json.MarshalIndent with a tab a level.
void write(std::string &out, const Value &node, std::size_t depth)
{
    const auto newLine = [&](std::size_t level) {
        out += '\n';
        out.append(level, '\t');
    };
    if (node.isMap() && node.size() > 0) {
        out += '{';
        bool isFirst = true;
        for (const auto &[key, member] : node.asMap()) {
            out += isFirst ? "" : ",";
            isFirst = false;
            newLine(depth + 1);
            value::appendJsonString(out, key);
            out += ": ";
            write(out, member, depth + 1);
        }
        newLine(depth);
        out += '}';
    } else if (node.isList() && node.size() > 0) {
        out += '[';
        bool isFirst = true;
        for (const Value &item : node.asList()) {
            out += isFirst ? "" : ",";
            isFirst = false;
            newLine(depth + 1);
            write(out, item, depth + 1);
        }
        newLine(depth);
        out += ']';
    } else {
        out += value::toJson(node);
    }
}

/// "https://host/v1/" -> "host": old files have addresses instead of names.
std::string_view hostOf(std::string_view address)
{
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (address.starts_with(scheme))
            address.remove_prefix(scheme.size());
    }
    return address.substr(0, address.find('/'));
}

Result<RegistryCredential> credentialOf(std::string_view server, const Value &entry)
{
    RegistryCredential out;
    out.user = entry["username"].stringOr();
    out.password = entry["password"].stringOr();
    out.identityToken = entry["identitytoken"].stringOr();
    out.registryToken = entry["registrytoken"].stringOr();
    if (const std::string_view encoded = entry["auth"].stringOr(); !encoded.empty()) {
        const auto decoded = decodeBase64(encoded);
        const std::size_t colon = decoded ? decoded->find(':') : std::string::npos;
        if (colon == std::string::npos)
            return fail(ErrorCode::InvalidInput, "the credentials of " + std::string(server) + " are not the base64 form of user:password");
        out.user = decoded->substr(0, colon);
        out.password = decoded->substr(colon + 1);
    }
    return out;
}

} // namespace

Result<RegistryConfig> RegistryConfig::parse(std::string_view text)
{
    value::JsonLimits limits;
    limits.maxBytes = maxConfig;
    limits.maxDepth = 64;
    Result<Value> root = value::parseJson(text, limits);
    if (!root)
        return tl::unexpected(root.error());
    if (!root->isMap())
        return fail(ErrorCode::InvalidInput, "is no JSON object");
    for (const std::string_view name : {"auths", "credHelpers"}) {
        if (const Value &member = (*root)[name]; !member.isNull() && !member.isMap())
            return fail(ErrorCode::InvalidInput, std::string(name) + " is no JSON object");
    }
    RegistryConfig config;
    config.m_root = std::move(*root);
    return config;
}

Result<std::optional<RegistryCredential>> RegistryConfig::find(std::string_view server) const
{
    const Value &auths = m_root["auths"];
    if (!auths.isMap())
        return std::optional<RegistryCredential>();
    const Value *entry = auths.asMap().get(server);
    for (auto at = auths.asMap().begin(); entry == nullptr && at != auths.asMap().end(); ++at) {
        if (hostOf(at->first) == server)
            entry = &at->second;
    }
    if (entry == nullptr)
        return std::optional<RegistryCredential>();
    Result<RegistryCredential> credential = credentialOf(server, *entry);
    if (!credential)
        return tl::unexpected(credential.error());
    return std::optional<RegistryCredential>(std::move(*credential));
}

void RegistryConfig::set(std::string_view server, const RegistryCredential &credential)
{
    Value entry = Value::map();
    if (!credential.user.empty() || !credential.password.empty())
        entry.set("auth", encodeBase64(credential.user + ":" + credential.password));
    if (!credential.identityToken.empty())
        entry.set("identitytoken", credential.identityToken);
    if (!credential.registryToken.empty())
        entry.set("registrytoken", credential.registryToken);
    Value auths = m_root["auths"];
    auths.set(server, std::move(entry));
    m_root.set("auths", std::move(auths));
}

bool RegistryConfig::remove(std::string_view server)
{
    Value auths = m_root["auths"];
    return auths.isMap() && auths.asMap().remove(server);
}

std::string RegistryConfig::helperOf(std::string_view server) const
{
    if (const std::string_view own = m_root["credHelpers"][server].stringOr(); !own.empty())
        return std::string(own);
    return std::string(m_root["credsStore"].stringOr());
}

bool RegistryConfig::isConfigured() const
{
    return !m_root["credsStore"].stringOr().empty() || m_root["credHelpers"].size() > 0 || m_root["auths"].size() > 0;
}

std::string RegistryConfig::toText() const
{
    Value root = value::deepCopy(m_root);
    if (!root["auths"].isMap())
        root.set("auths", Value::map());
    std::string out;
    write(out, root, 0);
    return out;
}

} // namespace fairway::chart
