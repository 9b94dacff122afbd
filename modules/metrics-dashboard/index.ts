export { MetricsDashboard, type MetricsDashboardProps } from "./metrics-dashboard";
