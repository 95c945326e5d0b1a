#include "core/engine/plugin_approvals.h"

#include "core/base/one_line.h"
#include "core/operate/atomic_file.h"

#include <QCryptographicHash>

#include <algorithm>
#include <filesystem>

namespace fairway::engine {
namespace {

constexpr std::size_t MaxFileBytes = std::size_t {1} << 20;
constexpr std::size_t MaxShown = 2000;

/// The file a path leads to, so that a link to it or another spelling is no other file.
std::string canonical(const std::string &path)
{
    std::error_code code;
    const auto real = std::filesystem::weakly_canonical(path, code);
    return code ? path : real.string();
}

/// With its length in front: no two lists of words give the same text.
void addWord(std::string &text, const std::string &word)
{
    text += std::to_string(word.size()) + ':' + word;
}

bool isPlainWord(const std::string &word)
{
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-_./:=@%+,").find(c) != std::string_view::npos;
    };
    return !word.empty() && std::all_of(word.begin(), word.end(), isPlain);
}

} // namespace

PluginApprovals::PluginApprovals(std::string path)
    : m_path(std::move(path))
{
}

std::string PluginApprovals::fingerprint(const std::string &kubeconfig, const kube::ExecPlugin &plugin)
{
    std::string text;
    addWord(text, canonical(kubeconfig));
    addWord(text, plugin.command);
    addWord(text, std::to_string(plugin.args.size()));
    for (const std::string &arg : plugin.args)
        addWord(text, arg);
    for (const auto &[name, value] : plugin.env) {
        addWord(text, name);
        addWord(text, value);
    }
    return QCryptographicHash::hash(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())), QCryptographicHash::Sha256).toHex().toStdString();
}

std::set<std::string> PluginApprovals::remembered() const
{
    std::set<std::string> out;
    const Result<std::string> text = operate::readSmallFile(m_path, MaxFileBytes);
    for (std::size_t at = 0; text && at < text->size();) {
        const std::size_t end = std::min(text->find('\n', at), text->size());
        if (end > at && (*text)[at] != '#')
            out.insert(text->substr(at, end - at));
        at = end + 1;
    }
    return out;
}

bool PluginApprovals::isApproved(const std::string &fingerprint) const
{
    const std::scoped_lock lock(m_mutex);
    return m_once.contains(fingerprint) || remembered().contains(fingerprint);
}

Result<void> PluginApprovals::approve(const std::string &fingerprint, bool isRemembered)
{
    const std::scoped_lock lock(m_mutex);
    m_once.insert(fingerprint);
    if (!isRemembered)
        return {};
    if (auto made = operate::makeFolder(operate::folderOf(m_path)); !made)
        return made;
    const Result<operate::FileLock> fileLock = operate::FileLock::take(m_path);
    if (!fileLock)
        return tl::unexpected(fileLock.error());
    std::set<std::string> all = remembered();
    all.insert(fingerprint);
    std::string text = "# Sign-in commands of kubeconfigs that may run without being asked about, by hash. Remove a line to be asked again.\n";
    for (const std::string &each : all)
        text += each + '\n';
    return operate::writeFileAtomically(m_path, text);
}

bool isForeignKubeconfig(const std::string &file, const kube::KubeconfigSource &source)
{
    if (source.explicitPath.empty())
        return false;
    const std::string real = canonical(file);
    if (!source.home.empty() && real == canonical(source.home + "/.kube/config"))
        return false;
    for (std::size_t at = 0; at < source.envList.size();) {
        const std::size_t end = std::min(source.envList.find(':', at), source.envList.size());
        if (end > at && real == canonical(source.envList.substr(at, end - at)))
            return false;
        at = end + 1;
    }
    return true;
}

std::string commandLine(const kube::ExecPlugin &plugin)
{
    std::string out;
    const auto add = [&out](const std::string &word) {
        out += out.empty() ? "" : " ";
        if (isPlainWord(word)) {
            out += word;
            return;
        }
        out += '\'';
        for (const char c : word) {
            if (c == '\'')
                out += "'\\''";
            else
                out += c;
        }
        out += '\'';
    };
    for (const auto &[name, value] : plugin.env)
        add(name + "=…"); // its value may be a secret
    add(plugin.command);
    for (const std::string &arg : plugin.args)
        add(arg);
    return oneLine(out, MaxShown);
}

} // namespace fairway::engine
