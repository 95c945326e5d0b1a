#include "core/lab/seed_crds.h"

#include "core/value/yaml.h"

#include <string_view>

namespace fairway::lab {

using value::Value;

namespace {

// Schemas name the fields whose types matter and let the rest pass; they are no copies of the published ones.

constexpr std::string_view OpenSpec = R"(
type: object
properties:
  spec: {type: object, x-kubernetes-preserve-unknown-fields: true}
  status: {type: object, x-kubernetes-preserve-unknown-fields: true}
)";

constexpr std::string_view VirtualServiceSchema = R"(
type: object
properties:
  spec:
    type: object
    x-kubernetes-preserve-unknown-fields: true
    properties:
      hosts: {type: array, items: {type: string}}
      gateways: {type: array, items: {type: string}}
      exportTo: {type: array, items: {type: string}}
      http: {type: array, items: &rule {
        type: object, x-kubernetes-preserve-unknown-fields: true, properties: {
          name: {type: string},
          route: {type: array, items: {
            type: object, required: [destination], x-kubernetes-preserve-unknown-fields: true, properties: {
              weight: {type: integer, minimum: 0, maximum: 4294967295},
              destination: {type: object, required: [host], x-kubernetes-preserve-unknown-fields: true, properties: {
                host: {type: string}, subset: {type: string},
                port: {type: object, properties: {number: {type: integer, minimum: 0, maximum: 4294967295}}}}}}}}}}}
      tls: {type: array, items: *rule}
      tcp: {type: array, items: *rule}
  status: {type: object, x-kubernetes-preserve-unknown-fields: true}
)";

constexpr std::string_view DestinationRuleSchema = R"(
type: object
properties:
  spec:
    type: object
    required: [host]
    x-kubernetes-preserve-unknown-fields: true
    properties:
      host: {type: string}
      subsets:
        type: array
        items:
          type: object
          required: [name]
          x-kubernetes-preserve-unknown-fields: true
          properties:
            name: {type: string}
            labels: {type: object, additionalProperties: {type: string}}
  status: {type: object, x-kubernetes-preserve-unknown-fields: true}
)";

constexpr std::string_view RouteSchema = R"(
type: object
required: [spec]
properties:
  spec:
    type: object
    x-kubernetes-preserve-unknown-fields: true
    properties:
      hostnames: {type: array, maxItems: 16, items: {type: string, minLength: 1, maxLength: 253}}
      parentRefs:
        type: array
        maxItems: 32
        items:
          type: object
          required: [name]
          x-kubernetes-preserve-unknown-fields: true
          properties:
            group: {type: string, default: gateway.networking.k8s.io}
            kind: {type: string, default: Gateway}
            name: {type: string}
            namespace: {type: string}
            sectionName: {type: string}
      rules:
        type: array
        minItems: 1
        maxItems: 16
        items:
          type: object
          x-kubernetes-preserve-unknown-fields: true
          properties:
            backendRefs:
              type: array
              maxItems: 16
              items:
                type: object
                required: [name]
                x-kubernetes-preserve-unknown-fields: true
                properties:
                  group: {type: string, default: ""}
                  kind: {type: string, default: Service}
                  name: {type: string}
                  namespace: {type: string}
                  port: {type: integer, minimum: 1, maximum: 65535}
                  weight: {type: integer, minimum: 0, maximum: 1000000, default: 1}
  status: {type: object, x-kubernetes-preserve-unknown-fields: true}
)";

constexpr std::string_view GatewaySchema = R"(
type: object
required: [spec]
properties:
  spec:
    type: object
    required: [gatewayClassName, listeners]
    x-kubernetes-preserve-unknown-fields: true
    properties:
      gatewayClassName: {type: string, minLength: 1}
      listeners:
        type: array
        minItems: 1
        maxItems: 64
        x-kubernetes-list-type: map
        x-kubernetes-list-map-keys: [name]
        items:
          type: object
          required: [name, port, protocol]
          x-kubernetes-preserve-unknown-fields: true
          properties:
            name: {type: string}
            hostname: {type: string}
            port: {type: integer, minimum: 1, maximum: 65535}
            protocol: {type: string}
  status: {type: object, x-kubernetes-preserve-unknown-fields: true}
)";

struct Column {
    const char *name;
    const char *path;
};

struct Row {
    const char *group;
    const char *kind;
    const char *plural;
    const char *shortName;
    const char *categories; ///< Comma-separated.
    std::vector<const char *> versions;
    std::string_view schema;
    std::vector<Column> columns;
    bool isNamespaced = true;
};

Value listOf(std::string_view commaSeparated)
{
    Value list = Value::list();
    while (!commaSeparated.empty()) {
        const std::size_t comma = commaSeparated.find(',');
        list.append(commaSeparated.substr(0, comma));
        commaSeparated = comma == std::string_view::npos ? std::string_view() : commaSeparated.substr(comma + 1);
    }
    return list;
}

Value crd(const Row &row)
{
    const auto schema = value::parseYaml(row.schema);
    Value columns = Value::list();
    for (const Column &column : row.columns)
        columns.append(Value::map({{"name", column.name}, {"type", "string"}, {"jsonPath", column.path}}));
    columns.append(Value::map({{"name", "Age"}, {"type", "date"}, {"jsonPath", ".metadata.creationTimestamp"}}));
    Value versions = Value::list();
    for (const char *name : row.versions) {
        versions.append(Value::map({{"name", name}, {"served", true}, {"storage", versions.size() == 0},
            {"schema", Value::map({{"openAPIV3Schema", schema ? value::deepCopy(*schema) : Value::map({{"type", "object"}})}})},
            {"subresources", Value::map({{"status", Value::map()}})}, {"additionalPrinterColumns", columns}}));
    }
    Value names = Value::map({{"kind", row.kind}, {"plural", row.plural}});
    if (*row.shortName)
        names.set("shortNames", listOf(row.shortName));
    if (*row.categories)
        names.set("categories", listOf(row.categories));
    return Value::map({{"apiVersion", "apiextensions.k8s.io/v1"}, {"kind", "CustomResourceDefinition"},
        {"metadata", Value::map({{"name", std::string(row.plural) + "." + row.group}})},
        {"spec",
            Value::map({{"group", row.group}, {"scope", row.isNamespaced ? "Namespaced" : "Cluster"}, {"names", names}, {"versions", versions}})}});
}

} // namespace

std::vector<Value> seedCrds()
{
    constexpr const char *istio = "networking.istio.io";
    constexpr const char *gatewayApi = "gateway.networking.k8s.io";
    constexpr const char *istioCategories = "istio-io,networking-istio-io";
    const std::vector<const char *> istioVersions {"v1", "v1beta1", "v1alpha3"};
    const std::vector<const char *> gatewayVersions {"v1", "v1beta1"};
    const std::vector<Row> rows {
        {istio, "VirtualService", "virtualservices", "vs", istioCategories, istioVersions, VirtualServiceSchema,
            {{"Gateways", ".spec.gateways"}, {"Hosts", ".spec.hosts"}}},
        {istio, "DestinationRule", "destinationrules", "dr", istioCategories, istioVersions, DestinationRuleSchema, {{"Host", ".spec.host"}}},
        {istio, "Gateway", "gateways", "gw", istioCategories, istioVersions, OpenSpec, {}},
        {istio, "ServiceEntry", "serviceentries", "se", istioCategories, istioVersions, OpenSpec,
            {{"Hosts", ".spec.hosts"}, {"Location", ".spec.location"}, {"Resolution", ".spec.resolution"}}},
        {gatewayApi, "GatewayClass", "gatewayclasses", "gc", "gateway-api", gatewayVersions, OpenSpec,
            {{"Controller", ".spec.controllerName"}, {"Accepted", ".status.conditions[?(@.type==\"Accepted\")].status"}}, false},
        {gatewayApi, "Gateway", "gateways", "gtw", "gateway-api", gatewayVersions, GatewaySchema,
            {{"Class", ".spec.gatewayClassName"}, {"Address", ".status.addresses[*].value"},
                {"Programmed", ".status.conditions[?(@.type==\"Programmed\")].status"}}},
        {gatewayApi, "HTTPRoute", "httproutes", "", "gateway-api", gatewayVersions, RouteSchema, {{"Hostnames", ".spec.hostnames"}}},
        {gatewayApi, "GRPCRoute", "grpcroutes", "", "gateway-api", {"v1"}, RouteSchema, {{"Hostnames", ".spec.hostnames"}}},
        {gatewayApi, "ReferenceGrant", "referencegrants", "refgrant", "gateway-api", {"v1beta1"}, OpenSpec, {}},
    };
    std::vector<Value> crds;
    for (const Row &row : rows)
        crds.push_back(crd(row));
    return crds;
}

} // namespace fairway::lab
