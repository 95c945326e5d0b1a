#include "core/route/envoy_import.h"

#include "core/route/durations.h"
#include "core/route/envoy_fields.h"
#include "core/route/envoy_match.h"
#include "core/route/envoy_policies.h"
#include "core/route/path_rewrite.h"

#include <algorithm>
#include <limits>
#include <map>

namespace fairway::route {
namespace {

    using value::Value;

    constexpr std::size_t kMaxItems = 100'000;
    constexpr std::size_t kMaxFields = 200; ///< Of those told about,
    constexpr std::size_t kMaxPlaces = 5;   ///< each with so many places.

    using envoy::field;
    using envoy::text;

    std::size_t sizeOf(const Value &list)
    {
        return list.isList() ? std::min(list.size(), kMaxItems) : 0;
    }

    class Importer {
    public:
        explicit Importer(std::vector<Text> &notes)
            : m_notes(notes)
        {
        }

        HostTable table(const Value &configuration)
        {
            m_where = "RouteConfiguration " + text(configuration, "name");
            leave({}, configuration, {"name", "virtual_hosts", "request_headers_to_add", "request_headers_to_remove", "response_headers_to_add",
                                         "response_headers_to_remove", "ignore_port_in_host_matching", "validate_clusters", "metadata"});
            const HeaderEdits request = edits(configuration, "request_headers_to_add", "request_headers_to_remove");
            const HeaderEdits response = edits(configuration, "response_headers_to_add", "response_headers_to_remove");
            std::vector<VirtualHost> hosts;
            const Value &list = field(configuration, "virtual_hosts");
            for (std::size_t i = 0; i < sizeOf(list); ++i) {
                hosts.push_back(host(list[i]));
                VirtualHost &read = hosts.back();
                read.requestEdits.insert(read.requestEdits.end(), request.begin(), request.end());
                read.responseEdits.insert(read.responseEdits.end(), response.begin(), response.end());
            }
            return HostTable(std::move(hosts), field(configuration, "ignore_port_in_host_matching").boolOr(false));
        }

        /// Each field that is left out, with where it stands.
        void tellLeft()
        {
            for (const auto &[name, left] : m_left) {
                std::string places;
                for (const std::string &place : left.places)
                    places += (places.empty() ? "" : "; ") + place;
                m_notes.push_back(left.count > left.places.size()
                        ? phrase("route", "%1 is left out: %2 and %3 more").with(name, places, left.count - left.places.size())
                        : phrase("route", "%1 is left out: %2").with(name, places));
            }
        }

    private:
        struct Left {
            std::vector<std::string> places;
            std::size_t count = 0;
        };
        /// Policies of a virtual host, which its routes may have their own of.
        struct Policies {
            std::optional<RetryAction> retry;
            std::optional<CorsAction> cors;
            std::optional<FaultAction> fault;
        };

        void leave(const std::string &name)
        {
            const auto found = m_left.find(name);
            if (found == m_left.end() && m_left.size() >= kMaxFields)
                return;
            Left &left = found == m_left.end() ? m_left[name] : found->second;
            ++left.count;
            if (left.places.size() < kMaxPlaces)
                left.places.push_back(m_where);
        }

        void leave(const std::string &message, const Value &from, std::initializer_list<std::string_view> known)
        {
            leave(message, envoy::others(from, known));
        }

        void leave(const std::string &message, const std::vector<std::string> &names)
        {
            for (const std::string &name : names)
                leave(message.empty() ? name : message + "." + name);
        }

        /// What a virtual host or route says for itself; the rest stays as it is.
        void readPolicies(Policies &out, const Value &from, const Value &route)
        {
            if (const Value &retry = field(route, "retry_policy"); retry.isMap()) {
                const auto read = envoy::retryPolicy(retry);
                out.retry = read ? std::optional(read->action) : std::nullopt;
                leave("retry_policy", read ? read->left : std::vector<std::string>());
            }
            const auto takeCors = [&](const std::string &where, const Value &policy) {
                auto read = envoy::cors(policy, m_regexes);
                leave(where, read.left);
                out.cors = std::move(read.action);
            };
            if (route["cors"].isMap())
                takeCors("cors", route["cors"]);
            const Value &filters = field(from, "typed_per_filter_config");
            if (!filters.isMap())
                return;
            for (const auto &[name, config] : filters.asMap()) {
                const std::string_view type = config["@type"].stringOr();
                if (type.ends_with(".CorsPolicy")) {
                    takeCors("typed_per_filter_config." + name, config);
                } else if (type.ends_with(".HTTPFault")) {
                    const auto read = envoy::fault(config);
                    leave("typed_per_filter_config." + name, read.left);
                    out.fault = read.action;
                } else {
                    leave("typed_per_filter_config." + name);
                }
            }
        }

        HeaderEdits edits(const Value &from, std::string_view toAdd, std::string_view toRemove)
        {
            HeaderEdits out;
            const Value &removed = field(from, toRemove);
            for (std::size_t i = 0; i < sizeOf(removed); ++i)
                out.push_back({HeaderEdit::Kind::Remove, std::string(removed[i].stringOr()), {}});
            const Value &added = field(from, toAdd);
            for (std::size_t i = 0; i < sizeOf(added); ++i) {
                const std::string action = text(added[i], "append_action");
                const HeaderEdit::Kind kind = action == "OVERWRITE_IF_EXISTS_OR_ADD" ? HeaderEdit::Kind::Set
                    : action == "ADD_IF_ABSENT"                                      ? HeaderEdit::Kind::AddIfAbsent
                    : action == "OVERWRITE_IF_EXISTS"                                ? HeaderEdit::Kind::SetIfPresent
                    : field(added[i], "append").boolOr(true)                         ? HeaderEdit::Kind::Add
                                                                                     : HeaderEdit::Kind::Set;
                leave(std::string(toAdd), added[i], {"header", "append", "append_action", "keep_empty_value"});
                leave(std::string(toAdd) + ".header", added[i]["header"], {"key", "value"});
                out.push_back({kind, text(added[i]["header"], "key"), text(added[i]["header"], "value")});
            }
            return out;
        }

        VirtualHost host(const Value &from)
        {
            VirtualHost out;
            out.name = text(from, "name");
            m_where = "virtual host " + out.name;
            leave({}, from, {"name", "domains", "routes", "matcher", "require_tls", "virtual_clusters", "request_headers_to_add", "request_headers_to_remove",
                                "response_headers_to_add", "response_headers_to_remove", "retry_policy", "cors", "typed_per_filter_config", "metadata"});
            m_ofHost = {};
            readPolicies(m_ofHost, from, from);
            const Value &domains = from["domains"];
            for (std::size_t i = 0; i < sizeOf(domains); ++i)
                out.domains.emplace_back(domains[i].stringOr());
            const std::string tls = text(from, "require_tls");
            out.tls = tls == "ALL" ? VirtualHost::Tls::Required
                : tls == "EXTERNAL_ONLY" ? VirtualHost::Tls::RequiredForExternal
                                         : VirtualHost::Tls::Optional;
            out.requestEdits = edits(from, "request_headers_to_add", "request_headers_to_remove");
            out.responseEdits = edits(from, "response_headers_to_add", "response_headers_to_remove");
            const Value &classes = field(from, "virtual_clusters");
            for (std::size_t i = 0; i < sizeOf(classes); ++i)
                out.classes.push_back({text(classes[i], "name"), envoy::MatchReader(m_regexes).headers(classes[i]["headers"])});
            const Value &routes = from["routes"];
            for (std::size_t i = 0; i < sizeOf(routes); ++i)
                addRoute(out, routes[i], static_cast<int>(i), nullptr);
            if (from["matcher"].isMap())
                addMatcher(out, from["matcher"]);
            return out;
        }

        /// A matcher tree over one request header: each branch becomes its routes with that condition added.
        void addMatcher(VirtualHost &out, const Value &matcher)
        {
            const Value &tree = field(matcher, "matcher_tree");
            const std::string header = text(field(tree["input"], "typed_config"), "header_name");
            const Value &exact = field(tree, "exact_match_map")["map"];
            const Value &prefix = field(tree, "prefix_match_map")["map"];
            if (header.empty() || (!exact.isMap() && !prefix.isMap())) {
                m_notes.push_back(phrase("route", "virtual host %1: this kind of matcher is not understood, its routes are left out").with(out.name));
                return;
            }
            const auto branch = [&](const std::string &key, const Value &on, TextMatcher::Kind kind) {
                const Value &config = field(on["action"], "typed_config");
                const HeaderCondition condition {lowerAscii(header), TextMatcher(kind, key), false, false};
                const Value &routes = config["routes"];
                if (routes.isList()) {
                    for (std::size_t i = 0; i < sizeOf(routes); ++i)
                        addRoute(out, routes[i], static_cast<int>(i), &condition);
                } else {
                    addRoute(out, config, 0, &condition);
                }
            };
            if (exact.isMap()) {
                for (const auto &[key, on] : exact.asMap())
                    branch(key, on, TextMatcher::Kind::Exact);
            }
            if (prefix.isMap()) {
                std::vector<std::string> keys; // the longest prefix decides
                for (const auto &[key, on] : prefix.asMap())
                    keys.push_back(key);
                std::stable_sort(keys.begin(), keys.end(), [](const auto &a, const auto &b) { return a.size() > b.size(); });
                for (const std::string &key : keys)
                    branch(key, prefix[key], TextMatcher::Kind::Prefix);
            }
        }

        void addRoute(VirtualHost &host, const Value &from, int index, const HeaderCondition *extra)
        {
            m_where = "virtual host " + host.name + ", route " + std::to_string(index);
            CompiledRoute out;
            out.name = text(from, "name");
            out.origin = {"RouteConfiguration", {}, host.name, "routes", index, -1, out.name, {}};
            envoy::MatchReader reader(m_regexes);
            out.match = reader.match(from["match"]);
            leave("match", from["match"], envoy::MatchReader::fields());
            if (extra != nullptr)
                out.match.headers.push_back(*extra);
            if (!reader.isReadable()) {
                m_notes.push_back(phrase("route", "%1: its match is not understood, the route is left out").with(m_where));
                return;
            }
            auto action = std::make_shared<RouteAction>();
            Policies policies = m_ofHost;
            readPolicies(policies, from, from["route"]);
            action->cors = std::move(policies.cors);
            action->fault = std::move(policies.fault);
            fillAction(*action, from, policies.retry);
            leave({}, from, {"name", "match", "route", "redirect", "direct_response", "request_headers_to_add", "request_headers_to_remove", "response_headers_to_add",
                                "response_headers_to_remove", "typed_per_filter_config", "metadata", "decorator", "stat_prefix", "tracing"});
            action->requestEdits = edits(from, "request_headers_to_add", "request_headers_to_remove");
            action->responseEdits = edits(from, "response_headers_to_add", "response_headers_to_remove");
            out.action = std::move(action);
            host.routes.push_back(std::move(out));
        }

        void fillAction(RouteAction &out, const Value &from, const std::optional<RetryAction> &retry)
        {
            if (const Value &redirect = from["redirect"]; redirect.isMap()) {
                out.kind = RouteAction::Kind::Redirect;
                out.redirect = redirectOf(redirect);
            } else if (const Value &direct = field(from, "direct_response"); direct.isMap()) {
                out.kind = RouteAction::Kind::Answer;
                out.direct.status = static_cast<int>(std::clamp<std::int64_t>(direct["status"].intOr(200), 100, 600));
                out.direct.body = text(direct["body"], "inline_string");
                leave("direct_response.body", direct["body"], {"inline_string"});
            } else if (from["route"].isMap()) {
                out.retry = retry;
                fillForward(out, from["route"]);
            } else {
                out.kind = RouteAction::Kind::Failing;
                out.direct.status = 404;
                m_notes.push_back(phrase("route", "%1: its action is not understood").with(m_where));
            }
        }

        RedirectAction redirectOf(const Value &from)
        {
            RedirectAction out;
            out.scheme = field(from, "https_redirect").boolOr(false) ? "https" : text(from, "scheme_redirect");
            out.host = text(from, "host_redirect");
            out.port = static_cast<int>(std::clamp<std::int64_t>(field(from, "port_redirect").intOr(0), 0, 65535));
            out.stripsQuery = field(from, "strip_query").boolOr(false);
            if (const Value &path = field(from, "path_redirect"); path.isString())
                out.path = {PathRewrite::Kind::Full, path.asString(), nullptr};
            else if (const Value &prefix = field(from, "prefix_rewrite"); prefix.isString())
                out.path = {PathRewrite::Kind::Prefix, prefix.asString(), nullptr};
            else
                out.path = regexRewrite(field(from, "regex_rewrite"));
            static constexpr std::pair<std::string_view, int> Codes[] = {{"MOVED_PERMANENTLY", 301}, {"FOUND", 302},
                {"SEE_OTHER", 303}, {"TEMPORARY_REDIRECT", 307}, {"PERMANENT_REDIRECT", 308}};
            const std::string code = text(from, "response_code");
            for (const auto &[name, number] : Codes) {
                if (name == code)
                    out.code = number;
            }
            return out;
        }

        PathRewrite regexRewrite(const Value &from)
        {
            if (!from.isMap())
                return {};
            const Result<std::shared_ptr<const re2::RE2>> regex = m_regexes.compile(text(from["pattern"], "regex"));
            if (!regex) {
                m_notes.push_back(phrase("route", "%1: %2: %3").with(m_where, "regex_rewrite", regex.error().said()));
                return {};
            }
            return {PathRewrite::Kind::Regex, text(from, "substitution"), *regex};
        }

        RouteTarget target(const Value &from, std::string_view nameField)
        {
            RouteTarget out;
            out.kind = "Cluster";
            out.host = text(from, nameField);
            out.clusterHeader = lowerAscii(text(from, "cluster_header"));
            return out;
        }

        void fillForward(RouteAction &out, const Value &from)
        {
            if (const Value &weighted = field(from, "weighted_clusters"); weighted.isMap()) {
                const Value &clusters = weighted["clusters"];
                for (std::size_t i = 0; i < sizeOf(clusters); ++i) {
                    RouteTarget one = target(clusters[i], "name");
                    one.weight = static_cast<std::uint64_t>(std::clamp<std::int64_t>(
                        clusters[i]["weight"].intOr(0), 0, std::numeric_limits<std::uint32_t>::max()));
                    one.requestEdits = edits(clusters[i], "request_headers_to_add", "request_headers_to_remove");
                    one.responseEdits = edits(clusters[i], "response_headers_to_add", "response_headers_to_remove");
                    one.authority = text(clusters[i], "host_rewrite_literal");
                    leave("weighted_clusters.clusters", clusters[i], {"name", "weight", "cluster_header", "request_headers_to_add", "request_headers_to_remove",
                                                                         "response_headers_to_add", "response_headers_to_remove", "host_rewrite_literal"});
                    out.totalWeight += one.weight;
                    out.targets.push_back(std::move(one));
                }
            } else {
                out.targets.push_back(target(from, "cluster"));
                out.targets.back().weight = 1;
                out.totalWeight = 1;
            }
            leave("route", from, {"cluster", "cluster_header", "weighted_clusters", "prefix_rewrite", "regex_rewrite", "path_rewrite", "path_rewrite_policy",
                                     "host_rewrite_literal", "host_rewrite_header", "timeout", "request_mirror_policies", "retry_policy", "cors"});
            if (const Value &prefix = field(from, "prefix_rewrite"); prefix.isString() && !prefix.asString().empty())
                out.rewrite = {PathRewrite::Kind::Prefix, prefix.asString(), nullptr};
            else
                out.rewrite = regexRewrite(field(from, "regex_rewrite"));
            if (!field(from, "path_rewrite").isNull() || !field(from, "path_rewrite_policy").isNull())
                m_notes.push_back(phrase("route", "%1: its way of rewriting the path is not understood").with(m_where));
            if (const Value &weighted = field(from, "weighted_clusters"); weighted.isMap())
                leave("weighted_clusters", weighted, {"clusters", "total_weight"});
            out.authority = text(from, "host_rewrite_literal");
            out.authorityHeader = lowerAscii(text(from, "host_rewrite_header"));
            out.timeout = durationOf(field(from, "timeout")).value_or(std::chrono::milliseconds(15000));
            const Value &mirrors = field(from, "request_mirror_policies");
            for (std::size_t i = 0; i < sizeOf(mirrors); ++i) {
                MirrorTarget mirror {target(mirrors[i], "cluster"), 100};
                if (const Value &fraction = field(mirrors[i], "runtime_fraction"); fraction.isMap()) {
                    mirror.percent = envoy::percentOf(field(fraction, "default_value"));
                }
                leave("request_mirror_policies", mirrors[i], {"cluster", "cluster_header", "runtime_fraction"});
                out.mirrors.push_back(std::move(mirror));
            }
        }

        std::vector<Text> &m_notes;
        std::map<std::string, Left> m_left;
        Policies m_ofHost;
        RegexCache m_regexes;
        std::string m_where;
    };

} // namespace

Result<HostTable> importEnvoyRoutes(const Value &configuration, std::vector<Text> &notes)
{
    if (!configuration.isMap())
        return fail(ErrorCode::InvalidInput, "a RouteConfiguration must be a map");
    if (!field(configuration, "virtual_hosts").isList())
        return fail(ErrorCode::InvalidInput, "a RouteConfiguration needs virtual_hosts");
    Importer importer(notes);
    HostTable table = importer.table(configuration);
    importer.tellLeft();
    return table;
}

} // namespace fairway::route
