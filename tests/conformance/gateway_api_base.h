#pragma once

#include <string_view>

namespace fairway::conformance {

/// The namespaces, Gateways and Services that the Gateway API's conformance tests take for granted, for configurations that come
/// without them.
inline constexpr std::string_view gatewayApiBase = R"(---
apiVersion: v1
kind: Namespace
metadata: {name: gateway-conformance-infra, labels: {gateway-conformance: infra}}
---
apiVersion: v1
kind: Namespace
metadata: {name: gateway-conformance-app-backend, labels: {gateway-conformance: backend}}
---
apiVersion: v1
kind: Namespace
metadata: {name: gateway-conformance-web-backend, labels: {gateway-conformance: backend}}
---
apiVersion: v1
kind: Namespace
metadata: {name: gateway-conformance-mesh, labels: {gateway-conformance: mesh}}
---
apiVersion: v1
kind: Namespace
metadata: {name: gateway-conformance-mesh-consumer, labels: {gateway-conformance: mesh}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: same-namespace, namespace: gateway-conformance-infra}
spec:
  gatewayClassName: any
  listeners:
  - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: Same}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: all-namespaces, namespace: gateway-conformance-infra}
spec:
  gatewayClassName: any
  listeners:
  - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: backend-namespaces, namespace: gateway-conformance-infra}
spec:
  gatewayClassName: any
  listeners:
  - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {gateway-conformance: backend}}}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: same-namespace-with-https-listener, namespace: gateway-conformance-infra}
spec:
  gatewayClassName: any
  listeners:
  - {name: https, port: 443, protocol: HTTPS, allowedRoutes: {namespaces: {from: Same}}}
  - {name: https-with-hostname, port: 443, protocol: HTTPS, hostname: second-example.org, allowedRoutes: {namespaces: {from: Same}}}
  - {name: https-with-wildcard-hostname, port: 443, protocol: HTTPS, hostname: "*.wildcard.org", allowedRoutes: {namespaces: {from: Same}}}
  - {name: https-with-hostname-matching-wildcard, port: 443, protocol: HTTPS, hostname: fourth-example.wildcard.org, allowedRoutes: {namespaces: {from: Same}}}
---
apiVersion: v1
kind: Service
metadata: {name: infra-backend-v1, namespace: gateway-conformance-infra}
spec: {clusterIP: 10.0.0.1, ports: [{port: 8080, name: first-port}, {port: 8081, name: second-port, appProtocol: kubernetes.io/h2c}, {port: 8082, name: third-port, appProtocol: kubernetes.io/ws}]}
---
apiVersion: v1
kind: Service
metadata: {name: infra-backend-v2, namespace: gateway-conformance-infra}
spec: {clusterIP: 10.0.0.1, ports: [{port: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: infra-backend-v3, namespace: gateway-conformance-infra}
spec: {clusterIP: 10.0.0.1, ports: [{port: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: grpc-infra-backend-v1, namespace: gateway-conformance-infra}
spec: {clusterIP: 10.0.0.1, ports: [{port: 8080, appProtocol: kubernetes.io/h2c}]}
---
apiVersion: v1
kind: Service
metadata: {name: grpc-infra-backend-v2, namespace: gateway-conformance-infra}
spec: {clusterIP: 10.0.0.1, ports: [{port: 8080, appProtocol: kubernetes.io/h2c}]}
---
apiVersion: v1
kind: Service
metadata: {name: grpc-infra-backend-v3, namespace: gateway-conformance-infra}
spec: {clusterIP: 10.0.0.1, ports: [{port: 8080, appProtocol: kubernetes.io/h2c}]}
---
apiVersion: v1
kind: Service
metadata: {name: tls-backend, namespace: gateway-conformance-infra}
spec: {clusterIP: 10.0.0.1, ports: [{port: 443}]}
---
apiVersion: v1
kind: Service
metadata: {name: tls-backend-2, namespace: gateway-conformance-infra}
spec: {clusterIP: 10.0.0.1, ports: [{port: 443}]}
---
apiVersion: v1
kind: Service
metadata: {name: app-backend-v1, namespace: gateway-conformance-app-backend}
spec: {clusterIP: 10.0.0.1, ports: [{port: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: app-backend-v2, namespace: gateway-conformance-app-backend}
spec: {clusterIP: 10.0.0.1, ports: [{port: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: tls-backend, namespace: gateway-conformance-app-backend}
spec: {clusterIP: 10.0.0.1, ports: [{port: 443}]}
---
apiVersion: v1
kind: Service
metadata: {name: web-backend, namespace: gateway-conformance-web-backend}
spec: {clusterIP: 10.0.0.1, ports: [{port: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: echo, namespace: gateway-conformance-mesh}
spec: {clusterIP: 10.0.0.1, ports: [{port: 80, name: http, appProtocol: http}, {port: 8080, name: http-alt, appProtocol: http}, {port: 443, name: https}, {port: 9090, name: tcp}, {port: 7070, name: grpc, appProtocol: kubernetes.io/h2c}]}
---
apiVersion: v1
kind: Service
metadata: {name: echo-v1, namespace: gateway-conformance-mesh}
spec: {clusterIP: 10.0.0.1, ports: [{port: 80, name: http, appProtocol: http}, {port: 8080, name: http-alt, appProtocol: http}, {port: 443, name: https}, {port: 9090, name: tcp}, {port: 7070, name: grpc, appProtocol: kubernetes.io/h2c}]}
---
apiVersion: v1
kind: Service
metadata: {name: echo-v2, namespace: gateway-conformance-mesh}
spec: {clusterIP: 10.0.0.1, ports: [{port: 80, name: http, appProtocol: http}, {port: 8080, name: http-alt, appProtocol: http}, {port: 443, name: https}, {port: 9090, name: tcp}, {port: 7070, name: grpc, appProtocol: kubernetes.io/h2c}]}
)";

} // namespace fairway::conformance
