#include "app/fairwayctl/get_command.h"

#include "app/fairwayctl/object_output.h"
#include "app/fairwayctl/resource_args.h"
#include "app/fairwayctl/session.h"
#include "app/fairwayctl/watch_stream.h"
#include "core/kube/table.h"
#include "core/value/json.h"

#include <memory>

namespace fairway::ctl {

using value::Value;

namespace {

struct GetOptions {
    std::vector<std::string> args;
    bool allNamespaces = false;
    std::string labels;
    std::string fields;
    std::string output;
    bool showLabels = false;
    std::vector<std::string> labelColumns;
    bool showKind = false;
    bool noHeaders = false;
    bool showManagedFields = false;
    bool ignoreNotFound = false;
    bool watch = false;
    bool watchOnly = false;
    std::string raw;
    int chunkSize = 500;
};

class GetRun {
public:
    GetRun(Session &session, const GetOptions &options, OutputForm form)
        : m_session(session)
        , m_options(options)
        , m_form(form)
    {
    }

    int run(const std::vector<Selection> &selections);

private:
    [[nodiscard]] std::string ns(const kube::ResourceType &type) const
    {
        return type.namespaced && !m_options.allNamespaces ? m_session.ns() : std::string();
    }
    [[nodiscard]] std::string collection(const kube::ResourceType &type, const std::string &onlyName = {}) const;
    [[nodiscard]] TableOptions tableOptions(const kube::ResourceType &type, bool isMixed) const;
    [[nodiscard]] Result<Value> fetch(const std::string &path);
    [[nodiscard]] Result<std::string> eachPage(const kube::ResourceType &type, const std::function<Result<std::string>(const Value &)> &page,
                                               const std::string &onlyName = {});
    void report(const Error &error);
    void tables(const std::vector<Selection> &selections);
    void objects(const std::vector<Selection> &selections);
    int watch(const Selection &selection);

    Session &m_session;
    const GetOptions &m_options;
    const OutputForm m_form;
    int m_exit = exitOk;
};

std::string GetRun::collection(const kube::ResourceType &type, const std::string &onlyName) const
{
    std::string path = type.id().path(ns(type));
    std::string fields = m_options.fields;
    if (!onlyName.empty())
        fields = "metadata.name=" + onlyName;
    char separator = '?';
    for (const auto &[key, text] : {std::pair<const char *, const std::string &> {"labelSelector", m_options.labels},
                                    std::pair<const char *, const std::string &> {"fieldSelector", fields}}) {
        if (text.empty())
            continue;
        path += std::string(1, separator) + key + "=" + kube::percentEncode(text);
        separator = '&';
    }
    return path;
}

TableOptions GetRun::tableOptions(const kube::ResourceType &type, bool isMixed) const
{
    TableOptions options;
    options.isWide = m_form == OutputForm::Wide;
    options.withNamespace = m_options.allNamespaces && type.namespaced;
    options.withKind = isMixed || m_options.showKind;
    options.withLabels = m_options.showLabels;
    options.withHeader = !m_options.noHeaders;
    options.labelColumns = m_options.labelColumns;
    return options;
}

Result<Value> GetRun::fetch(const std::string &path)
{
    const Result<std::string> body = m_session.get(path, isTableForm(m_form) ? kube::tableAccept : "application/json");
    if (!body)
        return tl::unexpected(body.error());
    value::JsonLimits limits;
    limits.maxBytes = std::size_t {512} << 20;
    Result<Value> answer = value::parseJson(*body, limits);
    if (!answer)
        return fail(ErrorCode::ProtocolViolation, "the server's answer can't be read: " + answer.error().message);
    return answer;
}

/// Lists in pages; returns the last page's resourceVersion. `page` returns the continue token.
Result<std::string> GetRun::eachPage(const kube::ResourceType &type, const std::function<Result<std::string>(const Value &)> &page,
                                     const std::string &onlyName)
{
    const std::string path = collection(type, onlyName);
    const std::string limit = (path.find('?') == std::string::npos ? "?limit=" : "&limit=") + std::to_string(m_options.chunkSize);
    std::string token;
    for (;;) {
        const Result<Value> answer
            = fetch(path + (m_options.chunkSize > 0 ? limit : "") + (token.empty() ? "" : "&continue=" + kube::percentEncode(token)));
        if (!answer)
            return tl::unexpected(answer.error());
        Result<std::string> next = page(*answer);
        if (!next)
            return next;
        if (next->empty())
            return std::string((*answer)["metadata"]["resourceVersion"].stringOr());
        token = std::move(*next);
    }
}

void GetRun::report(const Error &error)
{
    if (error.code == ErrorCode::NotFound && m_options.ignoreNotFound)
        return;
    m_exit = failedRequest(error);
}

void GetRun::tables(const std::vector<Selection> &selections)
{
    struct Found {
        const kube::ResourceType *type = nullptr;
        std::vector<ServerTable> tables;
        std::size_t rows = 0;
    };
    std::vector<Found> found;
    for (const Selection &selection : selections) {
        Found one {selection.type, {}, 0};
        const auto take = [&one](const Value &answer) -> Result<std::string> {
            Result<ServerTable> table = readServerTable(answer);
            if (!table)
                return tl::unexpected(table.error());
            one.rows += table->rows.size();
            one.tables.push_back(std::move(*table));
            return one.tables.back().continueToken;
        };
        if (selection.names.empty()) {
            if (const auto listed = eachPage(*selection.type, take); !listed)
                report(listed.error());
        }
        for (const std::string &name : selection.names) {
            const Result<Value> answer = fetch(selection.type->id().path(ns(*selection.type), name));
            const Result<std::string> taken = answer ? take(*answer) : tl::unexpected(answer.error());
            if (!taken)
                report(taken.error());
        }
        if (!one.tables.empty())
            found.push_back(std::move(one));
    }
    bool isAnyShown = false;
    for (const Found &one : found) {
        if (one.rows == 0)
            continue;
        // As in kubectl, what could not be had does not count for the kinds before the names.
        TableWriter writer(*one.type, tableOptions(*one.type, found.size() > 1));
        for (const ServerTable &table : one.tables)
            writer.add(table);
        out((isAnyShown && !m_options.noHeaders ? "\n" : "") + writer.take());
        isAnyShown = true;
    }
    if (isAnyShown || m_exit != exitOk || m_options.ignoreNotFound)
        return;
    const bool inNamespace = !m_options.allNamespaces && selections.front().type->namespaced;
    note(inNamespace ? "No resources found in " + m_session.ns() + " namespace." : std::string("No resources found"));
}

void GetRun::objects(const std::vector<Selection> &selections)
{
    std::vector<Value> found;
    bool isSingle = selections.size() == 1 && selections.front().names.size() == 1;
    for (const Selection &selection : selections) {
        const kube::ResourceType &type = *selection.type;
        const auto take = [&](const Value &answer) -> Result<std::string> {
            const Value &items = answer["items"];
            for (std::size_t i = 0; i < items.size(); ++i) {
                Value item = items[i];
                // Lists of built-in kinds leave out of each item what the list's kind tells.
                if (item.isMap() && item["kind"].isNull()) {
                    item.set("kind", type.kind);
                    item.set("apiVersion", type.apiVersion());
                }
                found.push_back(item);
            }
            return std::string(answer["metadata"]["continue"].stringOr());
        };
        if (selection.names.empty()) {
            if (const auto listed = eachPage(type, take); !listed)
                report(listed.error());
        }
        for (const std::string &name : selection.names) {
            Result<Value> object = fetch(type.id().path(ns(type), name));
            if (object)
                found.push_back(std::move(*object));
            else
                report(object.error());
        }
    }
    if (isSingle && found.empty())
        return;
    out(isSingle ? printObject(found.front(), m_form, m_options.showManagedFields)
                 : printObjects(found, m_form, m_options.showManagedFields));
}

int GetRun::watch(const Selection &selection)
{
    const kube::ResourceType &type = *selection.type;
    const std::string name = selection.names.empty() ? std::string() : selection.names.front();
    TableWriter writer(type, tableOptions(type, false));
    const auto print = [&](const Value &object) {
        if (!isTableForm(m_form)) {
            outOrEnd((m_form == OutputForm::Yaml ? "---\n" : "") + printObject(object, m_form, m_options.showManagedFields));
            return;
        }
        if (const auto table = readServerTable(object)) {
            writer.add(*table);
            outOrEnd(writer.take());
        }
    };
    bool isSilent = m_options.watchOnly;
    const auto list = [&]() -> Result<std::string> {
        return eachPage(type, [&](const Value &answer) -> Result<std::string> {
            if (isTableForm(m_form)) {
                const auto table = readServerTable(answer);
                if (table && !isSilent && !table->rows.empty()) {
                    writer.add(*table);
                    outOrEnd(writer.take());
                }
            } else if (!isSilent) {
                for (std::size_t i = 0; i < answer["items"].size(); ++i) {
                    Value item = answer["items"][i];
                    item.set("kind", type.kind);
                    item.set("apiVersion", type.apiVersion());
                    print(item);
                }
            }
            return std::string(answer["metadata"]["continue"].stringOr());
        }, name);
    };
    const Result<std::string> version = list();
    if (!version)
        return failedRequest(version.error());
    isSilent = false;
    return failedRequest(followWatch(
        m_session, collection(type, name), isTableForm(m_form) ? kube::tableAccept : "application/json", *version,
        [&](std::string_view, const Value &object) { print(object); }, list));
}

int GetRun::run(const std::vector<Selection> &selections)
{
    const bool hasNames = !selections.front().names.empty();
    if (hasNames && (!m_options.labels.empty() || !m_options.fields.empty()))
        return badUsage("-l and --field-selector can't be used together with names");
    if (hasNames && m_options.allNamespaces)
        return badUsage("a resource cannot be retrieved by name across all namespaces");
    if (m_options.watch || m_options.watchOnly) {
        if (selections.size() > 1 || selections.front().names.size() > 1)
            return badUsage("watch follows one kind, or one object, at a time");
        return watch(selections.front());
    }
    if (isTableForm(m_form))
        tables(selections);
    else
        objects(selections);
    return m_exit;
}

int runGet(const GlobalOptions &globals, const GetOptions &options)
{
    const Result<OutputForm> form = parseOutputForm(options.output);
    if (!form)
        return badUsage(form.error().message);
    if (options.args.empty() && options.raw.empty())
        return badUsage("say which kind of resource, for example: fairwayctl get pods");
    auto session = Session::open(globals);
    if (!session)
        return failed(session.error());
    if (!options.raw.empty()) {
        const auto body = (*session)->get(options.raw, "*/*");
        if (!body)
            return failedRequest(body.error());
        out(*body);
        return exitOk;
    }
    const auto discovery = (*session)->discovery();
    if (!discovery)
        return failedRequest(discovery.error());
    const auto selections = parseResourceArgs(**discovery, options.args);
    if (!selections)
        return selections.error().code == ErrorCode::InvalidInput ? badUsage(selections.error().message) : failed(selections.error());
    return GetRun(**session, options, *form).run(*selections);
}

void addOptions(CLI::App &command, GetOptions &options)
{
    command.add_option("resource", options.args, "TYPE[,TYPE] [NAME…] or TYPE/NAME…");
    command.add_flag("-A,--all-namespaces", options.allNamespaces, "in every namespace");
    command.add_option("-l,--selector", options.labels, "only objects with these labels: a=b,c!=d,e in (f,g)");
    command.add_option("--field-selector", options.fields, "only objects with these fields");
    command.add_option("-o,--output", options.output, "table, wide, json, yaml, name");
    command.add_flag("--show-labels", options.showLabels, "labels as the last column");
    command.add_option("-L,--label-columns", options.labelColumns, "labels as columns")->delimiter(',')->allow_extra_args(false);
    command.add_flag("--show-kind", options.showKind, "the kind before each name");
    command.add_flag("--no-headers", options.noHeaders, "rows only");
    command.add_flag("--show-managed-fields", options.showManagedFields, "keep managedFields in json and yaml");
    command.add_option("--chunk-size", options.chunkSize, "objects a request; 0: all at once")->check(CLI::Range(0, 100000));
}

} // namespace

void addGetCommands(CLI::App &app, const GlobalOptions &globals, int &exitCode)
{
    const auto get = std::make_shared<GetOptions>();
    CLI::App *command = app.add_subcommand("get", "shows objects of any kind")->fallthrough();
    addOptions(*command, *get);
    command->add_flag("-w,--watch", get->watch, "then follow the changes");
    command->add_flag("--watch-only", get->watchOnly, "only the changes");
    command->add_flag("--ignore-not-found", get->ignoreNotFound, "a missing object is no failure");
    command->add_option("--raw", get->raw, "GET of a path of the server");
    command->callback([&globals, &exitCode, get] { exitCode = runGet(globals, *get); });

    const auto watch = std::make_shared<GetOptions>();
    watch->watch = true;
    CLI::App *follow = app.add_subcommand("watch", "shows objects of a kind and follows their changes")->fallthrough();
    addOptions(*follow, *watch);
    follow->callback([&globals, &exitCode, watch] { exitCode = runGet(globals, *watch); });
}

} // namespace fairway::ctl
