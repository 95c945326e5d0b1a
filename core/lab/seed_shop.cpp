#include "core/lab/seed_shop.h"

#include <fmt/format.h>

namespace fairway::lab {

namespace {

using std::chrono::hours;

/// One version of one program: a Deployment whose Pods carry app and version.
struct Program {
    std::string_view ns = "shop";
    std::string_view app;
    std::string_view version;
    int replicas = 1;
    int port = 8080;
    std::string_view annotations = {}; ///< Flow-style members for the Pod template: "lab.fairway/latency-ms: '12'".
};

std::string deployment(const Program &program)
{
    return fmt::format(R"(---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {app}-{version}
  namespace: {ns}
  labels: {{app: {app}, version: {version}, app.kubernetes.io/name: {app}, app.kubernetes.io/part-of: shop}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {{app: {app}, version: {version}}}}}
  template:
    metadata:
      labels: {{app: {app}, version: {version}}}
      annotations: {{{annotations}}}
    spec:
      containers:
      - name: {app}
        image: registry.example/shop/{app}:{version}
        ports: [{{name: http, containerPort: {port}}}]
        readinessProbe: {{httpGet: {{path: /healthz, port: http}}}}
        resources: {{requests: {{cpu: 50m, memory: 64Mi}}}}
)",
        fmt::arg("app", program.app), fmt::arg("version", program.version), fmt::arg("ns", program.ns),
        fmt::arg("replicas", program.replicas), fmt::arg("port", program.port), fmt::arg("annotations", program.annotations));
}

/// A Service on the program's Pods; with a version only on those.
std::string service(std::string_view ns, std::string_view name, std::string_view app, std::string_view version, int port)
{
    const std::string selector = version.empty() ? fmt::format("app: {}", app) : fmt::format("app: {}, version: {}", app, version);
    return fmt::format(R"(---
apiVersion: v1
kind: Service
metadata: {{name: {}, namespace: {}, labels: {{app: {}}}}}
spec:
  selector: {{{}}}
  ports: [{{name: http, port: {}, targetPort: http}}]
)",
        name, ns, app, selector, port);
}

std::string autoscaler(std::string_view name, std::string_view target, int low, int high, int wanted, int found, int current)
{
    return fmt::format(R"(---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{name: {}, namespace: shop}}
spec:
  scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: {}}}
  minReplicas: {}
  maxReplicas: {}
  metrics: [{{type: Resource, resource: {{name: cpu, target: {{type: Utilization, averageUtilization: {}}}}}}}]
status:
  currentReplicas: {}
  desiredReplicas: {}
  currentMetrics: [{{type: Resource, resource: {{name: cpu, current: {{averageUtilization: {}, averageValue: 40m}}}}}}]
  conditions:
  - {{type: AbleToScale, status: "True", reason: ReadyForNewScale, message: recommended size matches current size, lastTransitionTime: "2026-01-01T00:00:00Z"}}
  - {{type: ScalingActive, status: "True", reason: ValidMetricFound, message: the HPA was able to successfully calculate a replica count, lastTransitionTime: "2026-01-01T00:00:00Z"}}
)",
        name, target, low, high, wanted, current, current, found);
}

std::string httpRoute(std::string_view ns, std::string_view name, std::string_view host, std::string_view path, std::string_view backends)
{
    return fmt::format(R"(---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: {}, namespace: {}}}
spec:
  parentRefs: [{{name: public, namespace: shop}}]
  hostnames: [{}]
  rules:
  - matches: [{{path: {{type: PathPrefix, value: {}}}}}]
    backendRefs: [{}]
)",
        name, ns, host, path, backends);
}

constexpr std::string_view Reviews = R"(---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews, namespace: shop}
spec:
  host: reviews
  trafficPolicy: {connectionPool: {http: {http2MaxRequests: 1024}}}
  subsets:
  - {name: v1, labels: {version: v1}}
  - {name: v2, labels: {version: v2}}
  - {name: v3, labels: {version: v3}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: shop, generation: 41}
spec:
  hosts: [reviews.shop.example, reviews]
  gateways: [public-gw, mesh]
  http:
  - name: testers
    match: [{headers: {x-tester: {exact: "true"}}}]
    route: [{destination: {host: reviews, subset: v2, port: {number: 9080}}}]
  - name: mobile
    match: [{sourceLabels: {app: mobile-bff}}]
    route: [{destination: {host: reviews, subset: v1, port: {number: 9080}}}]
  - name: everyone
    route:
    - {destination: {host: reviews, subset: v1, port: {number: 9080}}, weight: 90}
    - {destination: {host: reviews, subset: v2, port: {number: 9080}}, weight: 10}
)";

constexpr std::string_view Ratings = R"(---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: ratings, namespace: shop}
spec:
  host: ratings.shop.svc.cluster.local
  subsets:
  - {name: v1, labels: {version: v1}}
  - {name: v2, labels: {version: v2}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ratings, namespace: shop, generation: 12}
spec:
  hosts: [ratings.shop.example]
  gateways: [public-gw, mesh]
  http:
  - route:
    - {destination: {host: ratings.shop.svc.cluster.local, subset: v1}, weight: 95}
    - {destination: {host: ratings.shop.svc.cluster.local, subset: v2}, weight: 5}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: ratings-grpc, namespace: shop}
spec:
  parentRefs: [{name: public, namespace: shop}]
  hostnames: [ratings.shop.example]
  rules:
  - matches: [{method: {service: shop.Ratings}}]
    backendRefs: [{name: ratings, port: 9080, weight: 100}]
)";

constexpr std::string_view Gateways = R"(---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public-gw, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*.shop.example", "*.example.com"]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: lab}
spec: {controllerName: lab.fairway/gateway}
status:
  conditions: [{type: Accepted, status: "True", reason: Accepted, message: "", observedGeneration: 1, lastTransitionTime: "2026-01-01T00:00:00Z"}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  gatewayClassName: lab
  listeners:
  - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
status:
  addresses: [{type: IPAddress, value: 203.0.113.10}]
  conditions:
  - {type: Accepted, status: "True", reason: Accepted, message: "", observedGeneration: 1, lastTransitionTime: "2026-01-01T00:00:00Z"}
  - {type: Programmed, status: "True", reason: Programmed, message: "", observedGeneration: 1, lastTransitionTime: "2026-01-01T00:00:00Z"}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: card-processor, namespace: shop}
spec:
  hosts: [api.cards.example]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{number: 443, name: tls, protocol: TLS}]
)";

constexpr std::string_view Canary = R"(---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http: {paths: [{path: /app, pathType: Prefix, backend: {service: {name: storefront, port: {number: 80}}}}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web-canary
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-weight: "15"
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http: {paths: [{path: /app, pathType: Prefix, backend: {service: {name: storefront-canary, port: {number: 80}}}}]}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
)";

constexpr std::string_view Database = R"(---
apiVersion: v1
kind: Service
metadata: {name: carts-db, namespace: shop, labels: {app: carts-db}}
spec:
  clusterIP: None
  selector: {app: carts-db}
  ports: [{name: db, port: 6379, targetPort: db}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: carts-db, namespace: shop, labels: {app: carts-db}}
spec:
  serviceName: carts-db
  replicas: 3
  selector: {matchLabels: {app: carts-db}}
  template:
    metadata: {labels: {app: carts-db, version: v7}}
    spec:
      containers:
      - {name: db, image: "registry.example/shop/carts-db:7", ports: [{name: db, containerPort: 6379}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: storefront-settings, namespace: shop}
data: {currency: EUR, theme: harbour, "banner.txt": "Free shipping this week\n"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: search-synonyms, namespace: shop}
data: {"synonyms.csv": "jumper,sweater\ntrainers,sneakers\n"}
---
apiVersion: v1
kind: Secret
metadata: {name: card-processor-key, namespace: shop}
stringData: {key: practice-only}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: reviews, namespace: shop}
spec: {minAvailable: 6, selector: {matchLabels: {app: reviews}}}
)";

constexpr std::string_view Refunds = R"(---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: refunds, namespace: shop, generation: 3}
spec:
  hosts: [pay.example.com]
  gateways: [public-gw]
  http:
  - match: [{uri: {prefix: /refunds}}]
    route: [{destination: {host: refunds, port: {number: 80}}, weight: 100}]
)";

constexpr std::string_view Mail = R"(---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: notify, namespace: mail, generation: 5}
spec:
  hosts: [mail.shop.example, notify]
  gateways: [shop/public-gw, mesh]
  http:
  - route: [{destination: {host: notify, port: {number: 80}}, weight: 100}]
)";

constexpr std::string_view Nodes = R"(
apiVersion: v1
kind: Namespace
metadata: {name: default}
---
apiVersion: v1
kind: Namespace
metadata: {name: kube-system}
---
apiVersion: v1
kind: Namespace
metadata: {name: kube-public}
---
apiVersion: v1
kind: Namespace
metadata: {name: kube-node-lease}
---
apiVersion: v1
kind: Service
metadata: {name: kubernetes, namespace: default, labels: {component: apiserver, provider: kubernetes}}
spec:
  clusterIP: 10.96.0.1
  ports: [{name: https, port: 443, targetPort: 6443}]
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: lab.fairway/none
)";

std::string node(int number)
{
    return fmt::format(R"(---
apiVersion: v1
kind: Node
metadata: {{name: lab-node-{0}, labels: {{kubernetes.io/hostname: lab-node-{0}, kubernetes.io/os: linux, topology.kubernetes.io/zone: zone-{0}}}}}
spec: {{podCIDR: 10.244.{0}.0/24}}
status:
  capacity: {{cpu: "4", memory: 16Gi, pods: "110"}}
  allocatable: {{cpu: "4", memory: 15Gi, pods: "110"}}
  conditions: [{{type: Ready, status: "True", reason: KubeletReady, message: kubelet is posting ready status, lastHeartbeatTime: "2026-01-01T00:00:00Z", lastTransitionTime: "2026-01-01T00:00:00Z"}}]
  nodeInfo: {{kubeletVersion: v1.36.0+fairway-lab, osImage: Practice, kernelVersion: "6.1", containerRuntimeVersion: lab://1, architecture: amd64, operatingSystem: linux, kubeProxyVersion: "", machineID: lab, systemUUID: lab, bootID: lab}}
  addresses: [{{type: InternalIP, address: 127.0.0.{0}}}, {{type: Hostname, address: lab-node-{0}}}]
)",
        number);
}

std::string backend(std::string_view service, int weight)
{
    return fmt::format("{{name: {}, port: 80, weight: {}}}", service, weight);
}

} // namespace

std::vector<SeedStep> seedCluster()
{
    return {{hours(24 * 90), std::string(Nodes) + node(1) + node(2) + node(3)}};
}

std::vector<SeedStep> seedShop()
{
    const std::string homes = R"(
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Namespace
metadata: {name: mail, labels: {istio-injection: enabled}}
)";
    std::string stable;
    for (const Program &program : std::vector<Program> {
             {.app = "reviews", .version = "v1", .replicas = 9, .port = 9080, .annotations = "lab.fairway/latency-ms: '4'"},
             {.app = "ratings", .version = "v1", .replicas = 2, .port = 9080},
             {.app = "storefront", .version = "v5", .replicas = 2},
             {.app = "checkout", .version = "v1", .replicas = 2},
             {.app = "search", .version = "v1"},
             {.app = "catalog", .version = "v3", .replicas = 2},
             {.app = "orders", .version = "v1", .replicas = 2},
             {.app = "payments", .version = "v1", .replicas = 2},
             {.app = "refunds", .version = "v1"},
             {.app = "mobile-bff", .version = "v1"},
             {.ns = "mail", .app = "notify", .version = "v1"},
             {.ns = "mail", .app = "digest", .version = "v1"},
         })
        stable += deployment(program);
    stable += service("shop", "reviews", "reviews", "", 9080) + service("shop", "ratings", "ratings", "", 9080)
        + service("shop", "storefront", "storefront", "v5", 80) + service("shop", "checkout", "checkout", "v1", 80)
        + service("shop", "search-a", "search", "v1", 80) + service("shop", "catalog", "catalog", "", 80)
        + service("shop", "orders", "orders", "v1", 80) + service("shop", "payments-v1", "payments", "v1", 80)
        + service("shop", "refunds", "refunds", "", 80) + service("shop", "mobile-bff", "mobile-bff", "", 80)
        + service("mail", "notify", "notify", "", 80) + service("mail", "digest", "digest", "", 80);
    stable += std::string(Gateways) + std::string(Database) + std::string(Refunds) + std::string(Mail)
        + httpRoute("shop", "storefront", "shop.example.com", "/", backend("storefront", 100))
        + httpRoute("shop", "catalog", "api.shop.example.com", "/catalog", backend("catalog", 100))
        + httpRoute("mail", "digest", "mail.shop.example", "/digest", backend("digest", 100))
        + autoscaler("reviews", "reviews-v1", 3, 12, 70, 61, 9) + autoscaler("search", "search-v1", 1, 3, 70, 35, 1)
        + autoscaler("storefront", "storefront-v5", 2, 2, 60, 88, 2);

    std::string inFlight;
    for (const Program &program : std::vector<Program> {
             {.app = "reviews", .version = "v2", .replicas = 3, .port = 9080, .annotations = "lab.fairway/latency-ms: '9', lab.fairway/error-percent: '0.5'"},
             {.app = "reviews", .version = "v3", .port = 9080, .annotations = "lab.fairway/latency-ms: '6'"},
             {.app = "ratings", .version = "v2", .port = 9080},
             {.app = "storefront", .version = "v6"},
             {.app = "checkout", .version = "v2"},
             {.app = "search", .version = "v2"},
             {.app = "search", .version = "v3"},
             {.app = "orders", .version = "v2"},
             {.app = "payments", .version = "v2", .replicas = 2, .annotations = "lab.fairway/state: CrashLoopBackOff"},
         })
        inFlight += deployment(program);
    inFlight += service("shop", "storefront-canary", "storefront", "v6", 80) + service("shop", "checkout-v2", "checkout", "v2", 80)
        + service("shop", "search-b", "search", "v2", 80) + service("shop", "search-c", "search", "v3", 80)
        + service("shop", "orders-v2", "orders", "v2", 80) + service("shop", "payments-v2", "payments", "v2", 80);
    inFlight += std::string(Reviews) + std::string(Ratings) + std::string(Canary)
        + httpRoute("shop", "checkout", "shop.example.com", "/checkout", backend("checkout", 80) + ", " + backend("checkout-v2", 20))
        + httpRoute("shop", "search", "api.shop.example.com", "/search",
            backend("search-a", 1) + ", " + backend("search-b", 1) + ", " + backend("search-c", 1))
        + httpRoute("shop", "payments", "pay.example.com", "/payments", backend("payments-v1", 50) + ", " + backend("payments-v2", 50))
        + fmt::format(R"(---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {{name: orders, namespace: shop}}
spec:
  parentRefs: [{{name: public, namespace: shop}}]
  hostnames: [api.shop.example.com]
  rules:
  - matches: [{{method: {{service: shop.Orders}}}}]
    backendRefs: [{}, {}]
)",
            backend("orders", 1000), backend("orders-v2", 50));
    return {{hours(24 * 42), homes}, {hours(24 * 42), stable}, {hours(5), inFlight}};
}

} // namespace fairway::lab
