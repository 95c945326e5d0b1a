#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace fairway::operate {

/// A prepared statement. Parameters and columns count from 0. Errors of binding surface at step().
class SqliteStatement {
public:
    SqliteStatement(sqlite3 *database, sqlite3_stmt *statement);
    SqliteStatement(SqliteStatement &&other) noexcept;
    SqliteStatement &operator=(SqliteStatement &&) = delete;
    ~SqliteStatement();

    SqliteStatement &bind(std::string_view text); ///< The next parameter.
    SqliteStatement &bind(std::int64_t number);
    /// True: a row is there. False: done.
    [[nodiscard]] Result<bool> step();
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::int64_t number(int column) const;

private:
    sqlite3 *m_database;
    sqlite3_stmt *m_statement;
    int m_next = 1;
};

/// One connection to a SQLite file. Threads: one at a time.
class SqliteDatabase {
public:
    /// A damaged file, or one that is no database, is InvalidInput; everything else Io.
    [[nodiscard]] static Result<SqliteDatabase> open(const std::string &path);
    SqliteDatabase(SqliteDatabase &&other) noexcept;
    SqliteDatabase &operator=(SqliteDatabase &&) = delete;
    ~SqliteDatabase();

    [[nodiscard]] Result<void> execute(const std::string &sql);
    [[nodiscard]] Result<SqliteStatement> prepare(const char *sql) const;
    [[nodiscard]] std::int64_t lastId() const;
    [[nodiscard]] int changes() const; ///< Rows the last statement changed.

private:
    explicit SqliteDatabase(sqlite3 *handle);
    sqlite3 *m_handle;
};

/// BEGIN IMMEDIATE now; ROLLBACK when it goes without commit().
class SqliteTransaction {
public:
    [[nodiscard]] static Result<SqliteTransaction> begin(SqliteDatabase &database);
    SqliteTransaction(SqliteTransaction &&other) noexcept;
    SqliteTransaction &operator=(SqliteTransaction &&) = delete;
    ~SqliteTransaction();
    [[nodiscard]] Result<void> commit();

private:
    explicit SqliteTransaction(SqliteDatabase &database);
    SqliteDatabase *m_database;
};

} // namespace fairway::operate
