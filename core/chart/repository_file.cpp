#include "core/chart/repository_file.h"

#include "core/chart/go_struct.h"
#include "core/chart/go_timestamp.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/chart/replaced_file.h"
#include "core/chart/values_text.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace fairway::chart {

namespace {

using value::Value;
using Place = GoStructReader::Place;

constexpr std::uint64_t maxFileBytes = std::uint64_t {16} << 20;
constexpr std::chrono::seconds longestWait {30};
constexpr std::chrono::milliseconds lockPause {100};

void readEntry(GoStructReader &reader, const Value &data, const Place &place, RepositoryEntry &out)
{
    const Place inside = place.inside("Entry");
    reader.structure(data, place, "repo.Entry", [&](std::string_view key, const Value &member) {
        const struct {
            std::string_view name;
            std::string &target;
        } texts[] = {
            {"name", out.name}, {"url", out.url}, {"username", out.username}, {"password", out.password}, {"certFile", out.certFile},
            {"keyFile", out.keyFile}, {"caFile", out.caFile},
        };
        for (const auto &text : texts) {
            if (isField(key, text.name))
                reader.text(member, inside.field(text.name), text.target);
        }
        if (isField(key, "insecure_skip_tls_verify"))
            reader.boolean(member, inside.field("insecure_skip_tls_verify"), out.insecureSkipTlsVerify);
        else if (isField(key, "pass_credentials_all"))
            reader.boolean(member, inside.field("pass_credentials_all"), out.passCredentialsAll);
    });
}

/// Beside the file, its extension replaced: as Helm does.
std::string lockPath(const std::string &path)
{
    const std::string_view extension = extensionOf(path);
    return path.substr(0, path.size() - (extension.size() < path.size() ? extension.size() : 0)) + ".lock";
}

} // namespace

Result<RepositoryFile> RepositoryFile::parse(std::string_view text)
{
    const Result<Value> data = readYamlAsGo(text);
    if (!data)
        return tl::unexpected(data.error());
    RepositoryFile file;
    GoStructReader reader;
    const Place place {"File", {}};
    reader.structure(*data, place, "repo.File", [&](std::string_view key, const Value &member) {
        if (isField(key, "apiVersion")) {
            reader.text(member, place.field("apiVersion"), file.apiVersion);
        } else if (isField(key, "generated")) {
            file.generated = goTimestamp(member.stringOr()).value_or("");
        } else if (isField(key, "repositories") && !member.isNull()) {
            if (!member.isList())
                return reader.refuse(member, place.field("repositories"), "[]*repo.Entry");
            for (const Value &item : member.asList()) {
                if (!item.isNull())
                    readEntry(reader, item, place.field("repositories"), file.repositories.emplace_back());
            }
        }
    });
    if (const Result<void> good = reader.result(); !good)
        return tl::unexpected(good.error());
    return file;
}

std::string RepositoryFile::toYaml() const
{
    Value list = Value::list();
    for (const RepositoryEntry &entry : repositories) {
        list.append(Value::map({{"name", entry.name}, {"url", entry.url}, {"username", entry.username}, {"password", entry.password},
            {"certFile", entry.certFile}, {"keyFile", entry.keyFile}, {"caFile", entry.caFile},
            {"insecure_skip_tls_verify", entry.insecureSkipTlsVerify}, {"pass_credentials_all", entry.passCredentialsAll}}));
    }
    return value::toYaml(Value::map({{"apiVersion", apiVersion}, {"generated", generated.empty() ? std::string(noTimestamp) : generated},
        {"repositories", std::move(list)}}));
}

const RepositoryEntry *RepositoryFile::find(std::string_view name) const
{
    for (const RepositoryEntry &entry : repositories) {
        if (entry.name == name)
            return &entry;
    }
    return nullptr;
}

void RepositoryFile::put(RepositoryEntry entry)
{
    for (RepositoryEntry &old : repositories) {
        if (old.name == entry.name) {
            old = std::move(entry);
            return;
        }
    }
    repositories.push_back(std::move(entry));
}

bool RepositoryFile::remove(std::string_view name)
{
    return std::erase_if(repositories, [name](const RepositoryEntry &entry) { return entry.name == name; }) > 0;
}

Result<RepositoryFile> readRepositoryFile(const std::string &path)
{
    const Result<std::string> text = readWholeFile(path, maxFileBytes);
    if (!text)
        return failWith("couldn't load repositories file (" + path + ")", text.error());
    return RepositoryFile::parse(*text);
}

Result<void> writeRepositoryFile(const std::string &path, const RepositoryFile &file)
{
    return replaceFile(path, file.toYaml(), 0600);
}

Result<RepositoryFileLock> RepositoryFileLock::take(const std::string &repositoryFile, const CancelToken &cancel)
{
    std::error_code code;
    std::filesystem::create_directories(std::filesystem::path(repositoryFile).parent_path(), code);
    const std::string path = lockPath(repositoryFile);
    RepositoryFileLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.m_file < 0)
        return fail(ErrorCode::Io, "open " + path + ": " + std::strerror(errno));
    const auto end = std::chrono::steady_clock::now() + longestWait;
    while (::flock(lock.m_file, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return fail(ErrorCode::Io, "lock " + path + ": " + std::strerror(errno));
        if (cancel.isCancelled())
            return fail(ErrorCode::Cancelled, "cancelled");
        if (std::chrono::steady_clock::now() >= end)
            return fail(ErrorCode::Timeout, "another process holds " + path + " for 30 seconds");
        std::this_thread::sleep_for(lockPause);
    }
    return lock;
}

RepositoryFileLock::RepositoryFileLock(RepositoryFileLock &&other) noexcept
    : m_file(std::exchange(other.m_file, -1))
{
}

RepositoryFileLock::~RepositoryFileLock()
{
    if (m_file >= 0)
        ::close(m_file);
}

} // namespace fairway::chart
