#pragma once

#include <string_view>

namespace fairway::route {

/// Objects of every kind core/route reads, good ones, with most fields their schemas know: what tests turn wrong, one field at a time.
inline constexpr std::string_view wholeObjects[] = {R"(
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled, team: a}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, labels: {app: web}, annotations: {networking.istio.io/exportTo: '*'}}
spec:
  clusterIP: 10.0.0.1
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: 8080, protocol: TCP, appProtocol: http}, {name: grpc, port: 90, targetPort: grpc}]
---
apiVersion: v1
kind: Pod
metadata: {name: web-1, namespace: shop, labels: {app: web, version: v1}}
spec: {nodeName: n1, containers: [{name: a, image: x, ports: [{name: grpc, containerPort: 9090}]}]}
status: {phase: Running, podIP: 10.1.0.1, conditions: [{type: Ready, status: "True"}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-x, namespace: shop, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{name: http, port: 8080}]
endpoints: [{addresses: [10.1.0.1], conditions: {ready: true}, targetRef: {kind: Pod, name: web-1, namespace: shop}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: web, namespace: shop}
spec:
  host: web
  exportTo: ['*']
  workloadSelector: {matchLabels: {app: web}}
  trafficPolicy:
    loadBalancer:
      consistentHash: {httpCookie: {name: user, path: /, ttl: 0s}}
      localityLbSetting: {enabled: true, distribute: [{from: region1/zone1/*, to: {region1/zone1/*: 80, region1/zone2/*: 20}}]}
    connectionPool:
      tcp: {maxConnections: 10, connectTimeout: 30ms, tcpKeepalive: {time: 7200s, interval: 75s, probes: 3}}
      http: {http1MaxPendingRequests: 1, http2MaxRequests: 100, maxRequestsPerConnection: 10, maxRetries: 3, idleTimeout: 1s, h2UpgradePolicy: UPGRADE, useClientProtocol: false}
    outlierDetection: {consecutive5xxErrors: 7, interval: 5m, baseEjectionTime: 15m, maxEjectionPercent: 10, minHealthPercent: 50}
    tls: {mode: SIMPLE, sni: web, caCertificates: /etc/ca.pem, subjectAltNames: [a]}
    portLevelSettings:
    - {port: {number: 80}, loadBalancer: {simple: LEAST_REQUEST, warmup: {duration: 10s, minimumPercent: 10, aggression: 1}}}
  subsets:
  - {name: v1, labels: {version: v1}}
  - {name: v2, labels: {version: v2}, trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}}
)", R"(
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: front, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ['*.example.com', shop/web.example.org], tls: {httpsRedirect: false}}
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [a.example.com]
    tls: {mode: SIMPLE, credentialName: cert, minProtocolVersion: TLSV1_2, cipherSuites: [ECDHE-RSA-AES256-GCM-SHA384]}
  - {port: {number: 8443, name: tls, protocol: TLS}, hosts: [p.example.com], tls: {mode: PASSTHROUGH}}
  - {port: {number: 9000, name: tcp, protocol: TCP}, hosts: ['*']}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: root, namespace: shop, annotations: {a: b}}
spec:
  hosts: [a.example.com, web]
  gateways: [front, mesh]
  exportTo: ['.']
  http:
  - name: first
    match:
    - name: m
      uri: {prefix: /api}
      method: {exact: GET}
      authority: {regex: '.*'}
      scheme: {exact: http}
      headers: {x-user: {exact: jane}, x-any: {}}
      withoutHeaders: {x-bot: {prefix: g}}
      queryParams: {q: {regex: 'a+'}}
      port: 80
      ignoreUriCase: true
      gateways: [front]
      statPrefix: s
    - sourceLabels: {app: client}
      sourceNamespace: shop
    rewrite: {uri: /v1, authority: web}
    timeout: 5s
    retries: {attempts: 3, perTryTimeout: 2s, retryOn: '5xx,reset', retryRemoteLocalities: true}
    fault: {delay: {fixedDelay: 1s, percentage: {value: 10}}, abort: {httpStatus: 500, percentage: {value: 0.5}}}
    mirrors: [{destination: {host: web, subset: v2}, percentage: {value: 10}}]
    corsPolicy: {allowOrigins: [{exact: 'https://a'}], allowMethods: [GET], allowHeaders: [x], exposeHeaders: [z], maxAge: 24h, allowCredentials: true}
    headers: {request: {set: {a: b}, add: {c: d}, remove: [e]}, response: {set: {f: g}, add: {h: i}, remove: [j]}}
    route:
    - destination: {host: web, subset: v1, port: {number: 80}}
      weight: 90
      headers: {request: {set: {k: l}}}
    - {destination: {host: web, subset: v2}, weight: 10}
  - {match: [{uri: {exact: /old}}], redirect: {uri: /new, authority: b.example.com, redirectCode: 302, scheme: https, derivePort: FROM_PROTOCOL_DEFAULT}}
  - {match: [{uri: {prefix: /no}}], directResponse: {status: 404, body: {string: none}, }}
  - {match: [{uri: {prefix: /bytes}}], directResponse: {status: 404, body: {bytes: bm9uZQ==}}}
  - {match: [{uri: {prefix: /re}}], rewrite: {uriRegexRewrite: {match: '/re/(.*)', rewrite: '/\1'}}, route: [{destination: {host: web}}], mirror: {host: web, port: {number: 80}}, mirrorPercentage: {value: 5}}
  - match: [{uri: {prefix: /leaf}, headers: {x-a: {exact: b}}, gateways: [front]}]
    delegate: {name: leaf, namespace: shop}
    timeout: 5s
    headers: {request: {set: {a: b}}}
  tls:
  - {match: [{sniHosts: [p.example.com], port: 8443, destinationSubnets: [10.0.0.0/8], sourceLabels: {a: b}, gateways: [front, mesh], sourceNamespace: shop}], route: [{destination: {host: web, port: {number: 80}}, weight: 100}]}
  tcp:
  - {match: [{port: 9000, destinationSubnets: [10.0.0.0/8], sourceLabels: {a: b}, gateways: [front], sourceNamespace: shop}], route: [{destination: {host: web, port: {number: 80}}, weight: 100}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: leaf, namespace: shop}
spec:
  exportTo: ['*']
  http:
  - {match: [{uri: {prefix: /leaf/x}, headers: {x-c: {exact: d}}}], route: [{destination: {host: web, subset: v1}}], mirrors: [{destination: {host: web}}]}
  - route: [{destination: {host: web}}]
)", R"(
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: out, namespace: shop}
spec:
  hosts: [api.other.com]
  addresses: [240.0.0.1]
  location: MESH_EXTERNAL
  resolution: STATIC
  exportTo: ['*']
  subjectAltNames: [a]
  ports: [{number: 80, name: http, protocol: HTTP, targetPort: 8080}]
  endpoints: [{address: 10.2.0.1, ports: {http: 8080}, labels: {version: v1}, weight: 1, network: net, locality: r/z, serviceAccount: s}]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: picked, namespace: shop}
spec:
  hosts: [picked.other.com]
  resolution: STATIC
  ports: [{number: 80, name: http, protocol: HTTP}]
  workloadSelector: {labels: {app: web}}
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: vm, namespace: shop}
spec: {address: 10.3.0.1, labels: {app: web}, ports: {http: 80}, weight: 1}
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: own, namespace: shop}
spec:
  workloadSelector: {labels: {app: web}}
  ingress: [{port: {number: 9080, protocol: HTTP, name: in}, defaultEndpoint: '127.0.0.1:8080', connectionPool: {http: {http1MaxPendingRequests: 1}}}]
  egress: [{port: {number: 9080, protocol: HTTP, name: out}, hosts: [shop/*], bind: 127.0.0.1, captureMode: DEFAULT}, {hosts: ['./*', '*/api.other.com']}]
  outboundTrafficPolicy: {mode: REGISTRY_ONLY}
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: lua, namespace: shop}
spec:
  workloadSelector: {labels: {app: web}}
  priority: 10
  configPatches:
  - applyTo: HTTP_ROUTE
    match: {context: SIDECAR_OUTBOUND, proxy: {proxyVersion: '^1.*', metadata: {a: b}}, routeConfiguration: {portNumber: 80, vhost: {name: 'web.shop.svc.cluster.local:80', route: {action: ANY, name: r}}}}
    patch: {operation: MERGE, value: {route: {timeout: 1s}}}
  - applyTo: HTTP_FILTER
    match: {context: GATEWAY, listener: {portNumber: 80, filterChain: {sni: a, filter: {name: envoy.filters.network.http_connection_manager, subFilter: {name: envoy.filters.http.router}}}}}
    patch: {operation: INSERT_BEFORE, value: {name: envoy.filters.http.lua, typed_config: {'@type': type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua}}}
  - applyTo: CLUSTER
    match: {cluster: {service: web, portNumber: 80, subset: v1, name: c}}
    patch: {operation: MERGE, value: {connect_timeout: 1s}}
)", R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  gatewayClassName: any
  listeners:
  - {name: http, port: 80, protocol: HTTP, hostname: '*.example.com', allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: a}, matchExpressions: [{key: team, operator: In, values: [a]}]}}, kinds: [{group: gateway.networking.k8s.io, kind: HTTPRoute}]}}
  - {name: https, port: 443, protocol: HTTPS, tls: {mode: Terminate, certificateRefs: [{kind: Secret, name: c}]}, allowedRoutes: {namespaces: {from: All}}}
  - {name: tls, port: 8443, protocol: TLS, tls: {mode: Passthrough}}
  - {name: tcp, port: 9000, protocol: TCP}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  parentRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: edge, namespace: shop, sectionName: http, port: 80}]
  hostnames: [a.example.com]
  rules:
  - name: first
    matches:
    - path: {type: PathPrefix, value: /api}
      method: GET
      headers: [{type: Exact, name: x-user, value: jane}]
      queryParams: [{type: RegularExpression, name: q, value: 'a+'}]
    filters:
    - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: a, value: b}], add: [{name: c, value: d}], remove: [e]}}
    - {type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: a, value: b}], add: [{name: c, value: d}], remove: [e]}}
    - {type: URLRewrite, urlRewrite: {hostname: b.example.com, path: {type: ReplacePrefixMatch, replacePrefixMatch: /v1}}}
    - {type: RequestMirror, requestMirror: {backendRef: {name: web, port: 80}, fraction: {numerator: 1, denominator: 100}}}
    - {type: CORS, cors: {allowOrigins: ['https://a'], allowMethods: [GET], allowHeaders: [x], exposeHeaders: [z], maxAge: 5, allowCredentials: true}}
    timeouts: {request: 10s, backendRequest: 2s}
    retry: {codes: [500], attempts: 2, backoff: 100ms}
    sessionPersistence: {sessionName: s, type: Cookie, absoluteTimeout: 1h, cookieConfig: {lifetimeType: Permanent}}
    backendRefs:
    - {group: '', kind: Service, name: web, namespace: shop, port: 80, weight: 9, filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: a, value: b}]}}]}
    - {name: web, port: 80, weight: 1}
  - matches: [{path: {type: Exact, value: /old}}]
    filters: [{type: RequestRedirect, requestRedirect: {scheme: https, hostname: c.example.com, port: 443, statusCode: 301, path: {type: ReplaceFullPath, replaceFullPath: /new}}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: mesh, namespace: shop}
spec:
  parentRefs: [{group: '', kind: Service, name: web, port: 80}]
  rules: [{backendRefs: [{name: web, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: grpc, namespace: shop}
spec:
  parentRefs: [{name: edge}]
  hostnames: [g.example.com]
  rules:
  - matches: [{method: {type: Exact, service: a.B, method: C}, headers: [{name: x, value: z}]}]
    filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: a, value: b}]}}]
    backendRefs: [{name: web, port: 90, weight: 1}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {name: tls, namespace: shop}
spec: {parentRefs: [{name: edge, sectionName: tls}], hostnames: [t.example.com], rules: [{backendRefs: [{name: web, port: 80, weight: 1}]}]}
---
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: TCPRoute
metadata: {name: tcp, namespace: shop}
spec: {parentRefs: [{name: edge, sectionName: tcp}], rules: [{backendRefs: [{name: web, port: 80, weight: 1}]}]}
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: grant, namespace: shop}
spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: other}], to: [{group: '', kind: Service, name: web}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {clusterIP: 10.0.0.1, selector: {app: web}, ports: [{name: http, port: 80}, {name: grpc, port: 90}]}
)", R"(
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: main, namespace: shop, annotations: {nginx.ingress.kubernetes.io/use-regex: 'true', nginx.ingress.kubernetes.io/rewrite-target: /$1}}
spec:
  ingressClassName: nginx
  tls: [{hosts: [q.example.com], secretName: s}]
  defaultBackend: {service: {name: web, port: {number: 80}}}
  rules: [{host: q.example.com, http: {paths: [{path: '/a/(.*)', pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}]}}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: canary
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/canary: 'true'
    nginx.ingress.kubernetes.io/canary-by-header: x-canary
    nginx.ingress.kubernetes.io/canary-by-header-pattern: '[0-9]+'
    nginx.ingress.kubernetes.io/canary-weight: '10'
    nginx.ingress.kubernetes.io/canary-weight-total: '100'
spec:
  ingressClassName: nginx
  rules: [{host: q.example.com, http: {paths: [{path: '/a/(.*)', pathType: ImplementationSpecific, backend: {service: {name: web, port: {name: http}}}}]}}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {clusterIP: 10.0.0.1, selector: {app: web}, ports: [{name: http, port: 80}, {name: grpc, port: 90}]}
)"};

} // namespace fairway::route
