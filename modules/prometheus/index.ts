export { Prometheus, type PrometheusProps } from "./prometheus";
