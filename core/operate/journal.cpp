#include "core/operate/journal.h"

#include "core/base/openssl.h"
#include "core/base/random.h"
#include "core/operate/atomic_file.h"
#include "core/operate/hash.h"
#include "core/operate/process_mark.h"
#include "core/operate/sqlite_database.h"
#include "core/value/json.h"

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>

namespace fairway::operate {

using value::Value;

namespace {

constexpr std::int64_t schemaVersion = 2; // 2: parts
constexpr std::size_t maxFieldBytes = std::size_t {512} << 10;
constexpr std::size_t maxTextBytes = 4096;

constexpr const char *columns
    = "id, at_us, who, context, server, api_group, version, plural, kind, ns, name, uid, base_version, written_version, verb, "
      "summary, fields, reason, state, note, can_undo, undo_note, undoes, undone_by, pid, started, boot, host, parts";

constexpr const char *schema = R"(
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries(
  id INTEGER PRIMARY KEY AUTOINCREMENT, at_us INTEGER NOT NULL, who TEXT NOT NULL, context TEXT NOT NULL, server TEXT NOT NULL,
  api_group TEXT NOT NULL, version TEXT NOT NULL, plural TEXT NOT NULL, kind TEXT NOT NULL, ns TEXT NOT NULL, name TEXT NOT NULL,
  uid TEXT NOT NULL, base_version TEXT NOT NULL, written_version TEXT NOT NULL DEFAULT '', verb INTEGER NOT NULL,
  summary TEXT NOT NULL, fields TEXT NOT NULL, reason TEXT NOT NULL, state INTEGER NOT NULL, note TEXT NOT NULL DEFAULT '',
  can_undo INTEGER NOT NULL, undo_note TEXT NOT NULL, undoes INTEGER NOT NULL DEFAULT 0, undone_by INTEGER NOT NULL DEFAULT 0,
  pid INTEGER NOT NULL, started TEXT NOT NULL, boot TEXT NOT NULL, host TEXT NOT NULL, parts TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS entries_by_context ON entries(context, server, id);
CREATE INDEX IF NOT EXISTS entries_intended ON entries(state) WHERE state = 0;
)";

Value toValue(const std::vector<WrittenField> &fields)
{
    Value list = Value::list();
    for (const WrittenField &field : fields) {
        Value node = Value::map({{"pointer", field.pointer}});
        if (field.before)
            node.set("before", *field.before);
        if (field.after)
            node.set("after", *field.after);
        if (!field.anchor.empty()) {
            node.set("anchor", field.anchor);
            node.set("anchorHash", field.anchorHash);
            node.set("listSize", Value(field.listSize));
        }
        list.append(std::move(node));
    }
    return list;
}

std::vector<WrittenField> toFields(const Value &list)
{
    std::vector<WrittenField> fields;
    if (!list.isList())
        return fields;
    for (const Value &node : list.asList()) {
        WrittenField field;
        field.pointer = node["pointer"].stringOr();
        if (node["before"].isString())
            field.before = node["before"].asString();
        if (node["after"].isString())
            field.after = node["after"].asString();
        field.anchor = node["anchor"].stringOr();
        field.anchorHash = node["anchorHash"].stringOr();
        field.listSize = node["listSize"].intOr(0);
        fields.push_back(std::move(field));
    }
    return fields;
}

std::string partsToJson(const std::vector<JournalPart> &parts)
{
    if (parts.empty())
        return {};
    Value list = Value::list();
    for (const JournalPart &part : parts) {
        const ObjectRef &object = part.object;
        list.append(Value::map({{"group", object.group}, {"version", object.version}, {"plural", object.plural}, {"kind", object.kind},
            {"ns", object.ns}, {"name", object.name}, {"uid", part.uid}, {"baseVersion", part.baseVersion},
            {"verb", Value(static_cast<std::int64_t>(part.verb))}, {"fields", toValue(part.fields)}, {"done", Value(part.isDone)},
            {"writtenUid", part.writtenUid}, {"writtenVersion", part.writtenVersion}}));
    }
    return value::toJson(list);
}

std::vector<JournalPart> partsFromJson(const std::string &text)
{
    std::vector<JournalPart> parts;
    const Result<Value> list = text.empty() ? Result<Value>(Value()) : value::parseJson(text);
    if (!list || !list->isList())
        return parts;
    for (const Value &node : list->asList()) {
        const auto member = [&node](const char *key) { return std::string(node[key].stringOr()); };
        JournalPart part;
        part.object = {member("group"), member("version"), member("plural"), member("kind"), member("ns"), member("name")};
        part.uid = member("uid");
        part.baseVersion = member("baseVersion");
        part.verb = static_cast<WriteVerb>(node["verb"].intOr(0));
        part.fields = toFields(node["fields"]);
        part.isDone = node["done"].boolOr(false);
        part.writtenUid = member("writtenUid");
        part.writtenVersion = member("writtenVersion");
        parts.push_back(std::move(part));
    }
    return parts;
}

std::string bounded(std::string text)
{
    if (text.size() > maxTextBytes)
        text.resize(maxTextBytes);
    return text;
}

JournalEntry readEntry(const SqliteStatement &row)
{
    int column = 0;
    const auto text = [&] { return row.text(column++); };
    const auto number = [&] { return row.number(column++); };
    JournalEntry entry;
    entry.id = number();
    entry.when = std::chrono::system_clock::time_point(std::chrono::microseconds(number()));
    entry.who = text();
    entry.context.name = text();
    entry.context.server = text();
    entry.object.group = text();
    entry.object.version = text();
    entry.object.plural = text();
    entry.object.kind = text();
    entry.object.ns = text();
    entry.object.name = text();
    entry.uid = text();
    entry.baseVersion = text();
    entry.writtenVersion = text();
    entry.verb = static_cast<WriteVerb>(number());
    entry.summary = text();
    entry.fields = toFields(value::parseJson(text()).value_or(Value()));
    entry.reason = text();
    entry.state = static_cast<EntryState>(number());
    entry.note = text();
    entry.canUndo = number() != 0;
    entry.undoNote = text();
    entry.undoes = number();
    entry.undoneBy = number();
    entry.parts = partsFromJson(row.text(28));
    return entry;
}

/// SQLite gives its side files the mode of the database, which it would make readable for all.
void makePrivate(const std::string &path)
{
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd >= 0)
        ::close(fd);
}

ProcessMark readMark(const SqliteStatement &row)
{
    return {row.number(24), row.text(25), row.text(26), row.text(27)};
}

} // namespace

std::string_view toString(EntryState state)
{
    constexpr std::array<std::string_view, 6> names {"intended", "applied", "failed", "unknown", "undone", "partly"};
    const auto index = static_cast<std::size_t>(state);
    return index < names.size() ? names[index] : "unknown";
}

std::string_view toString(WriteVerb verb)
{
    constexpr std::array<std::string_view, 4> names {"update", "apply", "create", "delete"};
    const auto index = static_cast<std::size_t>(verb);
    return index < names.size() ? names[index] : "update";
}

class Journal::Database {
public:
    Database(SqliteDatabase connection, Options options, std::string where)
        : sqlite(std::move(connection))
        , settings(options)
        , path(std::move(where))
    {
    }

    [[nodiscard]] std::chrono::system_clock::time_point now() const
    {
        return settings.clock != nullptr ? settings.clock->systemNow() : SystemClock().systemNow();
    }

    Result<void> prepareSchema();
    Result<void> removeOldest();
    [[nodiscard]] Result<std::vector<JournalEntry>> select(SqliteStatement &statement, bool orphansOnly) const;
    [[nodiscard]] tl::unexpected<Error> named(const Error &error) const { return failWith(path, error); }

    void changed()
    {
        std::function<void()> callback;
        {
            const std::scoped_lock lock(mutex);
            callback = onChange;
        }
        if (callback)
            callback();
    }

    std::mutex mutex;
    SqliteDatabase sqlite;          ///< Guarded by mutex.
    const Options settings;
    const std::string path;
    const ProcessMark self = ProcessMark::ofThis();
    std::string salt;
    std::string notice;
    std::function<void()> onChange; ///< Guarded by mutex.
};

Result<void> Journal::Database::prepareSchema()
{
    // FULL: an entry must be on the disk, not in the kernel's memory, before its request leaves.
    if (auto set = sqlite.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF"); !set)
        return set;
    std::int64_t found = 0;
    {
        auto version = sqlite.prepare("PRAGMA user_version");
        if (!version)
            return tl::unexpected(version.error());
        if (auto row = version->step(); !row)
            return tl::unexpected(row.error());
        found = version->number(0);
    }
    if (found > schemaVersion)
        return fail(ErrorCode::Unsupported, phrase("operate", "the journal was written by a newer Fairway (format %1, this one knows %2)")
                                                .with(found, schemaVersion));
    // A damaged page is found now, while the file can be moved aside, and not in the middle of a write.
    {
        auto check = sqlite.prepare("PRAGMA quick_check(1)");
        if (!check)
            return tl::unexpected(check.error());
        auto row = check->step();
        if (!row)
            return tl::unexpected(row.error());
        if (check->text(0) != "ok")
            return fail(ErrorCode::InvalidInput, check->text(0));
    }
    auto transaction = SqliteTransaction::begin(sqlite);
    if (!transaction)
        return tl::unexpected(transaction.error());
    if (auto made = sqlite.execute(schema); !made)
        return made;
    if (found == 1) {
        if (auto added = sqlite.execute("ALTER TABLE entries ADD COLUMN parts TEXT NOT NULL DEFAULT ''"); !added)
            return added;
    }
    if (auto marked = sqlite.execute("PRAGMA user_version=" + std::to_string(schemaVersion)); !marked)
        return marked;
    auto salted = sqlite.prepare("INSERT OR IGNORE INTO meta(key, value) VALUES('salt', ?)");
    if (!salted)
        return tl::unexpected(salted.error());
    if (auto done = salted->bind(randomHex(16)).step(); !done)
        return tl::unexpected(done.error());
    auto read = sqlite.prepare("SELECT value FROM meta WHERE key = 'salt'");
    if (!read)
        return tl::unexpected(read.error());
    if (auto row = read->step(); !row)
        return tl::unexpected(row.error());
    salt = read->text(0);
    return transaction->commit();
}

Result<void> Journal::Database::removeOldest()
{
    auto statement = sqlite.prepare(
        "DELETE FROM entries WHERE state <> 0 AND id <= (SELECT id FROM entries ORDER BY id DESC LIMIT 1 OFFSET ?)");
    if (!statement)
        return tl::unexpected(statement.error());
    if (auto done = statement->bind(static_cast<std::int64_t>(settings.maxEntries)).step(); !done)
        return tl::unexpected(done.error());
    return {};
}

Result<std::vector<JournalEntry>> Journal::Database::select(SqliteStatement &statement, bool orphansOnly) const
{
    std::vector<JournalEntry> entries;
    for (;;) {
        const Result<bool> row = statement.step();
        if (!row)
            return named(row.error());
        if (!*row)
            return entries;
        if (orphansOnly && (readMark(statement) == self || readMark(statement).isAlive()))
            continue;
        entries.push_back(readEntry(statement));
    }
}

Journal::Journal(std::unique_ptr<Database> database)
    : m_database(std::move(database))
{
}

Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(const std::string &path, Options options)
{
    if (const auto hashes = LateLibrary<LibCrypto>::load(); !hashes)
        return tl::unexpected(hashes.error());
    if (auto made = makeFolder(folderOf(path)); !made)
        return tl::unexpected(made.error());
    // Two processes must not both find the damage and move each other's new file away.
    const Result<FileLock> lock = FileLock::take(path);
    if (!lock)
        return tl::unexpected(lock.error());
    std::string notice;
    for (int attempt = 0;; ++attempt) {
        makePrivate(path);
        Result<SqliteDatabase> sqlite = SqliteDatabase::open(path);
        Error error;
        if (sqlite) {
            auto database = std::make_unique<Database>(std::move(*sqlite), options, path);
            if (const Result<void> ready = database->prepareSchema()) {
                database->notice = notice;
                return std::unique_ptr<Journal>(new Journal(std::move(database)));
            } else {
                error = ready.error();
            }
        } else {
            error = sqlite.error();
        }
        if (error.code != ErrorCode::InvalidInput || attempt > 0)
            return failWith(path, error);
        const Result<std::string> moved = moveAside(path, "damaged");
        if (!moved)
            return tl::unexpected(moved.error());
        for (const char *suffix : {"-wal", "-shm"}) {
            // Without these two SQLite would mix the damaged file's last pages into the new one.
            if (::access((path + suffix).c_str(), F_OK) == 0)
                (void)std::rename((path + suffix).c_str(), (*moved + suffix).c_str());
        }
        notice = path + " was damaged (" + error.message + "); it was kept as " + *moved + " and a new journal was begun";
    }
}

const std::string &Journal::notice() const
{
    return m_database->notice;
}

Result<std::int64_t> Journal::begin(JournalEntry entry)
{
    entry.context = entry.context.normalized();
    std::string fields = value::toJson(toValue(entry.fields));
    const std::string parts = partsToJson(entry.parts);
    if (parts.size() > maxFieldBytes)
        return fail(ErrorCode::LimitExceeded, phrase("operate", "the changes are too large to be kept: as one step they could not be taken back"));
    if (fields.size() > maxFieldBytes) {
        fields = "[]";
        entry.canUndo = false;
        entry.undoNote = "the change is too large to be kept";
    }
    std::int64_t id = 0;
    {
        const std::scoped_lock lock(m_database->mutex);
        SqliteDatabase &sqlite = m_database->sqlite;
        auto transaction = SqliteTransaction::begin(sqlite);
        if (!transaction)
            return m_database->named(transaction.error());
        auto insert = sqlite.prepare(
            "INSERT INTO entries(at_us, who, context, server, api_group, version, plural, kind, ns, name, uid, base_version, "
            "verb, summary, fields, reason, state, can_undo, undo_note, undoes, pid, started, boot, host, parts) "
            "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)");
        if (!insert)
            return m_database->named(insert.error());
        const auto since = std::chrono::duration_cast<std::chrono::microseconds>(m_database->now().time_since_epoch());
        const ObjectRef &object = entry.object;
        insert->bind(since.count()).bind(entry.who).bind(entry.context.name).bind(entry.context.server);
        insert->bind(object.group).bind(object.version).bind(object.plural).bind(object.kind).bind(object.ns).bind(object.name);
        insert->bind(entry.uid).bind(entry.baseVersion).bind(static_cast<std::int64_t>(entry.verb));
        insert->bind(bounded(entry.summary)).bind(fields).bind(bounded(entry.reason));
        insert->bind(std::int64_t {entry.canUndo ? 1 : 0}).bind(entry.undoNote).bind(entry.undoes);
        const ProcessMark &self = m_database->self;
        if (auto done = insert->bind(self.pid).bind(self.started).bind(self.boot).bind(self.host).bind(parts).step(); !done)
            return m_database->named(done.error());
        id = sqlite.lastId();
        if (auto trimmed = m_database->removeOldest(); !trimmed)
            return m_database->named(trimmed.error());
        if (auto committed = transaction->commit(); !committed)
            return m_database->named(committed.error());
    }
    m_database->changed();
    return id;
}

Result<void> Journal::progress(std::int64_t id, const std::vector<JournalPart> &parts)
{
    {
        const std::scoped_lock lock(m_database->mutex);
        auto update = m_database->sqlite.prepare("UPDATE entries SET parts = ? WHERE id = ? AND state = 0");
        if (!update)
            return m_database->named(update.error());
        if (auto done = update->bind(partsToJson(parts)).bind(id).step(); !done)
            return m_database->named(done.error());
        if (m_database->sqlite.changes() == 0)
            return fail(ErrorCode::NotFound, phrase("operate", "journal entry %1 is already finished").with(id));
    }
    m_database->changed();
    return {};
}

Result<void> Journal::finish(std::int64_t id, EntryState state, std::string_view note, std::string_view writtenVersion)
{
    {
        const std::scoped_lock lock(m_database->mutex);
        SqliteDatabase &sqlite = m_database->sqlite;
        auto transaction = SqliteTransaction::begin(sqlite);
        if (!transaction)
            return m_database->named(transaction.error());
        auto update = sqlite.prepare("UPDATE entries SET state = ?, note = ?, written_version = ? WHERE id = ? AND state = 0");
        if (!update)
            return m_database->named(update.error());
        update->bind(static_cast<std::int64_t>(state)).bind(bounded(std::string(note))).bind(writtenVersion).bind(id);
        if (auto done = update->step(); !done)
            return m_database->named(done.error());
        if (sqlite.changes() == 0)
            return fail(ErrorCode::NotFound, phrase("operate", "journal entry %1 is already finished").with(id));
        if (state == EntryState::Applied) {
            auto undone = sqlite.prepare("UPDATE entries SET state = 4, undone_by = ?1 WHERE state IN (1, 5) AND id = "
                                         "(SELECT undoes FROM entries WHERE id = ?1 AND undoes <> 0)");
            if (!undone)
                return m_database->named(undone.error());
            if (auto done = undone->bind(id).step(); !done)
                return m_database->named(done.error());
        }
        if (auto committed = transaction->commit(); !committed)
            return m_database->named(committed.error());
    }
    m_database->changed();
    return {};
}

Result<JournalEntry> Journal::entry(std::int64_t id) const
{
    const std::scoped_lock lock(m_database->mutex);
    auto statement = m_database->sqlite.prepare(("SELECT " + std::string(columns) + " FROM entries WHERE id = ?").c_str());
    if (!statement)
        return m_database->named(statement.error());
    const Result<bool> row = statement->bind(id).step();
    if (!row)
        return m_database->named(row.error());
    if (!*row)
        return fail(ErrorCode::NotFound, phrase("operate", "there is no journal entry %1").with(id));
    return readEntry(*statement);
}

Result<std::vector<JournalEntry>> Journal::latest(std::size_t limit, const ContextKey *context) const
{
    const std::scoped_lock lock(m_database->mutex);
    const std::string where = context != nullptr ? " WHERE context = ? AND server = ?" : "";
    auto statement = m_database->sqlite.prepare(
        ("SELECT " + std::string(columns) + " FROM entries" + where + " ORDER BY id DESC LIMIT ?").c_str());
    if (!statement)
        return m_database->named(statement.error());
    if (context != nullptr)
        statement->bind(context->name).bind(context->normalized().server);
    statement->bind(static_cast<std::int64_t>(limit));
    return m_database->select(*statement, false);
}

Result<std::vector<JournalEntry>> Journal::orphans(const ContextKey &context) const
{
    const std::scoped_lock lock(m_database->mutex);
    auto statement = m_database->sqlite.prepare(
        ("SELECT " + std::string(columns) + " FROM entries WHERE state = 0 AND context = ? AND server = ? ORDER BY id").c_str());
    if (!statement)
        return m_database->named(statement.error());
    statement->bind(context.name).bind(context.normalized().server);
    return m_database->select(*statement, true);
}

std::string Journal::secretHash(std::string_view secret) const
{
    return "sha256:" + sha256Hex(m_database->salt + std::string(secret));
}

void Journal::onChange(std::function<void()> callback)
{
    const std::scoped_lock lock(m_database->mutex);
    m_database->onChange = std::move(callback);
}

} // namespace fairway::operate
