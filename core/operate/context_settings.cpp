#include "core/operate/context_settings.h"

#include "core/operate/atomic_file.h"

#include <cstdlib>
#include <sys/stat.h>
#include <yaml-cpp/yaml.h>

namespace fairway::operate {

namespace {

constexpr std::size_t maxFileBytes = std::size_t {1} << 20;
using Policies = std::map<ContextKey, ContextPolicy>;

/// Tells one version of the file from another: a rename changes the inode, an edit in place size or time.
std::string stampOf(const std::string &path)
{
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return "none";
    return std::to_string(info.st_ino) + ":" + std::to_string(info.st_size) + ":" + std::to_string(info.st_mtim.tv_sec) + "."
        + std::to_string(info.st_mtim.tv_nsec);
}

Result<Policies> parse(const std::string &path, const std::string &text)
{
    try {
        const YAML::Node root = YAML::Load(text);
        Policies policies;
        if (!root.IsMap() || root["version"].as<int>() != 1)
            return fail(ErrorCode::InvalidInput, phrase("operate", "%1: not a settings file of this version").with(path));
        for (const YAML::Node &node : root["contexts"]) {
            const ContextKey key {node["name"].as<std::string>(), node["server"].as<std::string>()};
            policies[key] = {node["locked"].as<bool>(), node["production"].as<bool>()};
        }
        return policies;
    } catch (const YAML::Exception &error) {
        return fail(ErrorCode::InvalidInput, phrase("operate", "%1: line %2: %3").with(path, error.mark.line + 1, error.msg));
    }
}

Result<Policies> readPolicies(const std::string &path)
{
    const Result<std::string> text = readSmallFile(path, maxFileBytes);
    if (!text && text.error().code == ErrorCode::NotFound)
        return Policies {};
    if (!text)
        return tl::unexpected(text.error());
    return parse(path, *text);
}

std::string print(const Policies &policies)
{
    YAML::Emitter out;
    out << YAML::Comment("Guard rails of each context, kept by Fairway: locked = no write leaves it.");
    out << YAML::BeginMap << YAML::Key << "version" << YAML::Value << 1 << YAML::Key << "contexts" << YAML::Value
        << YAML::BeginSeq;
    for (const auto &[key, policy] : policies) {
        out << YAML::BeginMap << YAML::Key << "name" << YAML::Value << YAML::DoubleQuoted << key.name << YAML::Key << "server"
            << YAML::Value << YAML::DoubleQuoted << key.server << YAML::Key << "locked" << YAML::Value << policy.isLocked
            << YAML::Key << "production" << YAML::Value << policy.isProduction << YAML::EndMap;
    }
    out << YAML::EndSeq << YAML::EndMap;
    return std::string(out.c_str()) + "\n";
}

} // namespace

ContextSettings::ContextSettings(std::string path)
    : m_path(std::move(path))
{
}

void ContextSettings::refresh() const
{
    const std::string stamp = stampOf(m_path);
    if (stamp == m_stamp)
        return;
    Result<Policies> policies = readPolicies(m_path);
    m_problem = policies ? std::string() : policies.error().message;
    m_policies = policies ? std::move(*policies) : Policies {};
    m_stamp = stamp;
}

ContextPolicy ContextSettings::policy(const ContextKey &context) const
{
    const std::scoped_lock lock(m_mutex);
    refresh();
    const auto found = m_policies.find(context.normalized());
    return found == m_policies.end() ? ContextPolicy {} : found->second;
}

std::string ContextSettings::problem() const
{
    const std::scoped_lock lock(m_mutex);
    refresh();
    return m_problem;
}

std::vector<std::pair<ContextKey, ContextPolicy>> ContextSettings::known() const
{
    const std::scoped_lock lock(m_mutex);
    refresh();
    return {m_policies.begin(), m_policies.end()};
}

Result<void> ContextSettings::setLocked(const ContextKey &context, bool isLocked)
{
    return change(context, &ContextPolicy::isLocked, isLocked);
}

Result<void> ContextSettings::setProduction(const ContextKey &context, bool isProduction)
{
    return change(context, &ContextPolicy::isProduction, isProduction);
}

Result<void> ContextSettings::change(const ContextKey &context, bool ContextPolicy::*member, bool isSet)
{
    const std::scoped_lock guard(m_mutex);
    if (auto made = makeFolder(folderOf(m_path)); !made)
        return made;
    const Result<FileLock> fileLock = FileLock::take(m_path);
    if (!fileLock)
        return tl::unexpected(fileLock.error());
    Result<Policies> policies = readPolicies(m_path);
    if (!policies) {
        // Somebody's hand-edited file with a typo: keep it, and start again with everything locked.
        if (const auto moved = moveAside(m_path, "unreadable"); !moved)
            return tl::unexpected(moved.error());
        policies = Policies {};
    }
    (*policies)[context.normalized()].*member = isSet;
    m_stamp.clear();
    return writeFileAtomically(m_path, print(*policies));
}

std::string defaultStateFolder()
{
    const auto variable = [](const char *name) {
        const char *text = std::getenv(name);
        return std::string(text != nullptr ? text : "");
    };
    if (const std::string own = variable("FAIRWAY_STATE"); !own.empty())
        return own;
    if (const std::string state = variable("XDG_STATE_HOME"); !state.empty() && state.front() == '/')
        return state + "/fairway";
    const std::string home = variable("HOME");
    return (home.empty() ? "/tmp" : home) + "/.local/state/fairway";
}

} // namespace fairway::operate
