/** A small stack for a Docker engine: two images of ours, one of others, secrets, data. `url` is where it answers. */
export const guestbook = (url: string, patience = 30) => ({
  provider: { docker: [{}] },
  variable: {
    secrets_folder: {
      "//": {
        secrets: {
          "database-url": { text: "postgres://guest:{{database-password}}@database/guestbook" },
          "database-password": { letters: 48 },
        },
      },
    },
  },
  output: { url: { value: url } },
  resource: {
    docker_image: {
      guestbook: {
        name: "localhost/guestbook:1.0.0",
        "//": { build: { by: "docker", context: "systems/guestbook/app", arguments: { VERSION: "1.0.0" } } },
      },
      wordpress: {
        name: "localhost/wordpress:6.8.3-1",
        "//": {
          build: {
            by: "packer",
            template: "packer/wordpress",
            only: "*.docker.*",
            except: "push",
            variables: { registry: "localhost/wordpress" },
          },
        },
      },
      database: { name: "docker.io/library/postgres:17" },
    },
    docker_volume: { data: { name: "guestbook-local-data" } },
    docker_container: {
      guestbook: {
        name: "guestbook-local-guestbook",
        wait_timeout: patience,
        labels: [
          { label: "slipway.stack", value: "guestbook-local" },
          { label: "slipway.service", value: "guestbook" },
        ],
      },
      database: {
        name: "guestbook-local-database",
        wait_timeout: patience,
        labels: [{ label: "slipway.service", value: "database" }],
      },
    },
  },
});
