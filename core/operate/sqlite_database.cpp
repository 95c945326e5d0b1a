#include "core/operate/sqlite_database.h"

#include "core/base/late_library.h"

#include <sqlite3.h>
#include <utility>

namespace fairway::operate {

namespace {

#define FAIRWAY_SQLITE_FUNCTIONS(F) \
    F(sqlite3_bind_int64) F(sqlite3_bind_text64) F(sqlite3_busy_timeout) F(sqlite3_changes) F(sqlite3_close) \
    F(sqlite3_column_blob) F(sqlite3_column_bytes) F(sqlite3_column_int64) F(sqlite3_db_config) F(sqlite3_errmsg) \
    F(sqlite3_errstr) F(sqlite3_exec) F(sqlite3_extended_result_codes) F(sqlite3_finalize) \
    F(sqlite3_last_insert_rowid) F(sqlite3_limit) F(sqlite3_open_v2) F(sqlite3_prepare_v2) F(sqlite3_step)

struct Sqlite {
    static constexpr LateLibraryName name {"libsqlite3.so.0", "libsqlite3-0"};
    FAIRWAY_LATE_FUNCTIONS(FAIRWAY_SQLITE_FUNCTIONS)
};

/// Of an open database.
const Sqlite &sqlite()
{
    return LateLibrary<Sqlite>::get();
}

constexpr int busyTimeoutMs = 10000;

tl::unexpected<Error> sqliteError(sqlite3 *handle, int code)
{
    const bool isDamaged = (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
    return fail(isDamaged ? ErrorCode::InvalidInput : ErrorCode::Io,
                handle != nullptr ? sqlite().sqlite3_errmsg(handle) : sqlite().sqlite3_errstr(code));
}

} // namespace

SqliteStatement::SqliteStatement(sqlite3 *database, sqlite3_stmt *statement)
    : m_database(database)
    , m_statement(statement)
{
}

SqliteStatement::SqliteStatement(SqliteStatement &&other) noexcept
    : m_database(other.m_database)
    , m_statement(std::exchange(other.m_statement, nullptr))
    , m_next(other.m_next)
{
}

SqliteStatement::~SqliteStatement()
{
    sqlite().sqlite3_finalize(m_statement);
}

SqliteStatement &SqliteStatement::bind(std::string_view text)
{
    const char *data = text.data() != nullptr ? text.data() : "";
    sqlite().sqlite3_bind_text64(m_statement, m_next++, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}

SqliteStatement &SqliteStatement::bind(std::int64_t number)
{
    sqlite().sqlite3_bind_int64(m_statement, m_next++, number);
    return *this;
}

Result<bool> SqliteStatement::step()
{
    const int code = sqlite().sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return sqliteError(m_database, code);
}

std::string SqliteStatement::text(int column) const
{
    const void *data = sqlite().sqlite3_column_blob(m_statement, column);
    const int size = sqlite().sqlite3_column_bytes(m_statement, column);
    return data != nullptr ? std::string(static_cast<const char *>(data), static_cast<std::size_t>(size)) : std::string();
}

std::int64_t SqliteStatement::number(int column) const
{
    return sqlite().sqlite3_column_int64(m_statement, column);
}

SqliteDatabase::SqliteDatabase(sqlite3 *handle)
    : m_handle(handle)
{
}

SqliteDatabase::SqliteDatabase(SqliteDatabase &&other) noexcept
    : m_handle(std::exchange(other.m_handle, nullptr))
{
}

SqliteDatabase::~SqliteDatabase()
{
    sqlite().sqlite3_close(m_handle);
}

Result<SqliteDatabase> SqliteDatabase::open(const std::string &path)
{
    if (const auto loaded = LateLibrary<Sqlite>::load(); !loaded)
        return tl::unexpected(loaded.error());
    sqlite3 *handle = nullptr;
    const int code = sqlite().sqlite3_open_v2(path.c_str(), &handle,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr);
    SqliteDatabase database(handle);
    if (code != SQLITE_OK)
        return sqliteError(handle, code);
    sqlite().sqlite3_extended_result_codes(handle, 1);
    sqlite().sqlite3_busy_timeout(handle, busyTimeoutMs);
    // A row planted in a damaged or forged file must not run code or eat the memory.
    sqlite().sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite().sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 16 << 20);
    return database;
}

Result<void> SqliteDatabase::execute(const std::string &sql)
{
    const int code = sqlite().sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return sqliteError(m_handle, code);
    return {};
}

Result<SqliteStatement> SqliteDatabase::prepare(const char *sql) const
{
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite().sqlite3_prepare_v2(m_handle, sql, -1, &statement, nullptr);
    if (code != SQLITE_OK)
        return sqliteError(m_handle, code);
    return SqliteStatement(m_handle, statement);
}

std::int64_t SqliteDatabase::lastId() const
{
    return sqlite().sqlite3_last_insert_rowid(m_handle);
}

int SqliteDatabase::changes() const
{
    return sqlite().sqlite3_changes(m_handle);
}

SqliteTransaction::SqliteTransaction(SqliteDatabase &database)
    : m_database(&database)
{
}

SqliteTransaction::SqliteTransaction(SqliteTransaction &&other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{
}

SqliteTransaction::~SqliteTransaction()
{
    if (m_database != nullptr)
        (void)m_database->execute("ROLLBACK");
}

Result<SqliteTransaction> SqliteTransaction::begin(SqliteDatabase &database)
{
    if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun)
        return tl::unexpected(begun.error());
    return SqliteTransaction(database);
}

Result<void> SqliteTransaction::commit()
{
    Result<void> done = m_database->execute("COMMIT");
    if (done)
        m_database = nullptr;
    return done;
}

} // namespace fairway::operate
