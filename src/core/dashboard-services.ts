/** What the services of the dashboard, their load balancer and their database must agree about. */
export const dashboardServices = {
  /** Port of `dash-front`, on every machine of the swarm. */
  port: 5000,
  healthPath: "/healthz",
  /** Repositories of the namespace. */
  images: ["dash-front", "dash-back"],
  /** `database.sql` makes both. The services log in as this user, who may only read. */
  database: { name: "dashboard", administrator: "postgres", user: "dashboard_app" },
} as const;
