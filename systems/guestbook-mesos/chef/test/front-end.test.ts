import { expect, it } from "vitest";
import { describeWith } from "../../../../e2e/support/requirements";
import { ports } from "../../../../src/core/guestbook-mesos-ports";
import { type Converged, converge, nodeSettings, ruby } from "./converge";

const consul = {
  datacenter: "eu-west-1",
  join: { tag_key: "ConsulCluster", tag_value: "guestbook-mesos-dev" },
  gossip_secret_arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:gossip",
};
const frontend = {
  peers: { "fe-1": "10.220.0.11", "fe-2": "10.220.16.11" },
  allocation_id: "eipalloc-0123456789abcdef0",
  membership_secret_arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:membership-AbCdEf",
  interface: "ens5",
};

function converged(more: object = {}, hostname = "fe-1"): Converged {
  return converge(nodeSettings("frontend", { consul, frontend: { ...frontend, ...more } }, { hostname }));
}
const text = ({ files }: Converged, path: string) => {
  expect(Object.keys(files)).toContain(path);
  return files[path]!.text;
};
const units = ({ runs }: Converged) =>
  Object.fromEntries(Object.entries(runs[1]!.units).map(([name, { active, enabled }]) => [name, active && enabled]));

describeWith("a front end (S1-46, S1-51)", [ruby], () => {
  const usual = converged();

  it("is nginx, Heartbeat and consul-template", () => {
    expect(usual.recipes).toEqual([
      "guestbook_base::default",
      "guestbook_sensu::agent",
      "guestbook_consul::client",
      "guestbook_frontend::default",
    ]);
    expect(units(usual)).toMatchObject({
      "nginx.service": true,
      "consul-template.service": true,
      "consul.service": true,
      "heartbeat.service": true,
      "front-end-watch.service": true,
      "keepalived.service": false,
    });
  });

  it("has nothing more to do in a second converge", () => {
    expect(usual.runs[1]!.updated).toEqual([]);
  });

  it("keeps what consul-template wrote, whatever is converged", () => {
    const steps = usual.runs[0]!.steps.filter(({ resource }) => /nginx.*(limits\.conf|upstream-)/.test(resource));
    expect(steps.map(({ action }) => action)).toEqual(["create_if_missing", "create_if_missing"]);
  });

  it("restarts what ends: nginx, consul-template, Heartbeat and the watch", () => {
    for (const file of [
      "nginx.service.d/restart.conf",
      "heartbeat.service.d/slipway.conf",
      "consul-template.service",
      "front-end-watch.service",
    ])
      expect(text(usual, `/etc/systemd/system/${file}`), file).toMatch(/StartLimitIntervalSec=0[\s\S]*Restart=always/);
  });
});

describeWith("nginx in front of the guestbook (S1-41)", [ruby], () => {
  const usual = converged();

  it("passes requests on to the upstream of the service", () => {
    const server = text(usual, "/etc/nginx/conf.d/server-guestbook.conf");
    expect(server).toContain(`listen ${ports.http} default_server;`);
    expect(server).toContain("proxy_pass http://guestbook;");
    expect(server).toMatch(/location = \/healthz \{[^}]*return 200 "ok\\n";/);
  });

  it("starts before Consul has answered: an upstream without a server would be refused (S1-40)", () => {
    expect(text(usual, "/etc/nginx/conf.d/upstream-guestbook.conf")).toMatch(
      /^upstream guestbook \{\n {2}zone guestbook 64k;\n {2}least_conn;\n.*\n {2}server 127.0.0.1:65535;$/m,
    );
  });

  it("limits each client by numbers of the description, answered with 429 (S1-42)", () => {
    const limits = { connections: 7, requests_per_second: 5, burst: 9 };
    expect(text(converged({ limits }), "/etc/nginx/conf.d/limits.conf")).toContain(
      [
        "limit_conn_zone $client zone=connections:10m;",
        "limit_req_zone $client zone=requests:10m rate=5r/s;",
        "limit_conn connections 7;",
        "limit_req zone=requests burst=9 nodelay;",
      ].join("\n"),
    );
    const main = text(usual, "/etc/nginx/nginx.conf");
    expect(main).toContain("limit_conn_status 429;");
    expect(main).toContain("limit_req_status 429;");
    // The checks of the machine itself are not counted.
    expect(main).toMatch(/map \$own \$client \{\n {4}0 \$binary_remote_addr;\n {4}1 "";/);
  });

  it("is told by the image which modules it has (S1-43)", () => {
    expect(text(usual, "/etc/nginx/nginx.conf")).toContain("include /etc/nginx/modules-enabled/*.conf;");
  });

  it("passes on plain TCP where the description names services (S1-41)", () => {
    expect(text(usual, "/etc/nginx/nginx.conf")).not.toContain("stream {");
    const tcp = converged({ tcp: [{ service: "mail", port: 2525 }] });
    expect(text(tcp, "/etc/nginx/nginx.conf")).toMatch(/stream \{[\s\S]*include \/etc\/nginx\/stream.d\/\*.conf;/);
    expect(text(tcp, "/etc/nginx/stream.d/server-mail.conf")).toMatch(/listen 2525;\n {2}proxy_pass mail;/);
    expect(text(tcp, "/etc/nginx/stream.d/upstream-mail.conf")).not.toContain("keepalive");
    expect(text(tcp, "/etc/consul-template/config.hcl")).toContain('"stream.d/upstream-mail.conf"');
  });

  it("serves HTTPS where there is a certificate, which is in memory only", () => {
    const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:certificate-AbCdEf";
    const tls = converged({ certificate_secret_arn: arn });
    const server = text(tls, "/etc/nginx/conf.d/server-guestbook.conf");
    expect(server).toContain(`listen ${ports.https} ssl http2 default_server;`);
    expect(server).toContain("return 301 https://$host$request_uri;");
    expect(server.match(/proxy_pass/g)).toHaveLength(1);
    expect(text(tls, "/etc/nginx/nginx.conf")).toContain("ssl_certificate_key /run/slipway/tls/certificate.pem;");
    expect(text(tls, "/etc/systemd/system/front-end-certificate.service")).toContain(`front-end-certificate ${arn}`);
    expect(text(usual, "/etc/nginx/conf.d/server-guestbook.conf")).not.toContain("ssl");
  });

  it("loads a new configuration only when nginx takes it", () => {
    const check = usual.runs[0]!.steps.find(
      ({ resource, action }) => resource === "execute[nginx-accept]" && action === "run",
    )!;
    expect(usual.files[check.properties.command as string]).toMatchObject({ mode: "0755" });
    const reload = usual.runs[0]!.steps.find(({ action }) => action === "reload")!;
    expect(reload).toMatchObject({ resource: "service[nginx]" });
  });
});

describeWith("consul-template on a front end (S1-36, S1-39, S1-40)", [ruby], () => {
  const usual = converged();
  const config = text(usual, "/etc/consul-template/config.hcl");

  it("asks the Consul of the machine, and goes on asking", () => {
    expect(config).toContain(`address = "127.0.0.1:${ports.consulApi}"`);
    expect(config).toMatch(/enabled {5}= true\n {4}attempts {4}= 0/);
  });

  it("writes one file per service, which nginx-apply tests before nginx loads it", () => {
    expect(config.match(/^template \{/gm)).toHaveLength(2);
    expect(config).toContain(
      'command         = ["/usr/local/lib/slipway/nginx-apply", "conf.d/upstream-guestbook.conf"]',
    );
    expect(config.match(/command_timeout = "30s"/g)).toHaveLength(2);
    expect(config).not.toContain('destination     = "/etc/nginx');
  });

  it("lists who is healthy, and has something to say when nobody is", () => {
    expect(text(usual, "/etc/consul-template/templates/conf.d-guestbook.ctmpl")).toBe(
      [
        "# Where guestbook runs, as Consul knows it.",
        "upstream guestbook {",
        "  zone guestbook 64k;",
        "  least_conn;",
        '{{- range service "guestbook" }}',
        "  server {{ .Address }}:{{ .Port }} max_fails=3 fail_timeout=10s;",
        "{{- else }}",
        "  # Nowhere: nginx refuses an upstream without a server, and answers 502 for this one.",
        "  server 127.0.0.1:65535;",
        "{{- end }}",
        "  keepalive 16;",
        "}",
        "",
      ].join("\n"),
    );
  });

  it("takes limits from Consul's keys and values, and the numbers of the description where there are none (S1-42)", () => {
    const limits = { connections: 7, requests_per_second: 5, burst: 9 };
    const template = text(converged({ limits }), "/etc/consul-template/templates/limits.ctmpl");
    expect(template.match(/\{\{.*?\}\}/g)).toEqual([
      '{{ keyOrDefault "guestbook/frontend/limits/requests_per_second" "5" }}',
      '{{ keyOrDefault "guestbook/frontend/limits/connections" "7" }}',
      '{{ keyOrDefault "guestbook/frontend/limits/burst" "9" }}',
    ]);
  });
});

describeWith("Heartbeat (S1-44, S1-45)", [ruby], () => {
  const usual = converged();

  it("speaks to the other front end by address, as a VPC has no multicast, and gives nothing back by itself", () => {
    const lines = text(usual, "/etc/ha.d/ha.cf").split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        `udpport ${ports.heartbeat}`,
        "ucast ens5 10.220.0.11",
        "ucast ens5 10.220.16.11",
        "node fe-1",
        "node fe-2",
        "auto_failback off",
      ]),
    );
  });

  it("takes the other for dead soon enough to have taken over after 15 seconds", () => {
    const [, dead] = /^deadtime (\d+)$/m.exec(text(usual, "/etc/ha.d/ha.cf"))!;
    expect(Number(dead)).toBeLessThanOrEqual(10);
  });

  it("is not configured without an interface to speak by", () => {
    expect(() => converged({ interface: null })).toThrow("frontend.interface: want the interface to the other");
  });

  it("is configured alike on both machines, for the name that each of them has", () => {
    const other = converged({}, "fe-2");
    for (const path of ["/etc/ha.d/ha.cf", "/etc/ha.d/haresources"]) expect(text(other, path)).toBe(text(usual, path));
    expect(text(other, "/etc/hostname")).toBe("fe-2\n");
  });

  it("moves the Elastic IP by our program", () => {
    expect(text(usual, "/etc/ha.d/haresources")).toBe(`fe-1 eip::${frontend.allocation_id}\n`);
    expect(usual.files["/etc/ha.d/resource.d/eip"]).toMatchObject({ to: "/usr/local/lib/slipway/eip" });
    expect(usual.files["/usr/local/lib/slipway/eip"]).toMatchObject({ mode: "0755" });
  });

  it("has its key in memory, from a secret, and in no attribute", () => {
    expect(usual.files["/etc/ha.d/authkeys"]).toMatchObject({ to: "/run/slipway/heartbeat/authkeys" });
    expect(text(usual, "/etc/systemd/system/heartbeat.service.d/slipway.conf")).toContain(
      `fetch-secret --arn ${frontend.membership_secret_arn} --to /run/slipway/heartbeat/secret\n`,
    );
  });
});

describeWith("keepalived, the other choice (S1-44)", [ruby], () => {
  const one = converged({ ha: "keepalived" });
  const other = converged({ ha: "keepalived" }, "fe-2");
  const config = text(one, "/etc/keepalived/keepalived.conf");

  it("runs in Heartbeat's place", () => {
    expect(units(one)).toMatchObject({ "keepalived.service": true, "heartbeat.service": false });
    expect(text(one, "/etc/systemd/system/front-end-watch.service")).toContain("front-end-watch keepalived\n");
  });

  it("speaks to the other by address and has no address of its own to move", () => {
    expect(config).toMatch(/unicast_src_ip 10.220.0.11\n {2}unicast_peer \{\n {4}10.220.16.11\n {2}\}/);
    expect(text(other, "/etc/keepalived/keepalived.conf")).toMatch(
      /unicast_src_ip 10.220.16.11\n {2}unicast_peer \{\n {4}10.220.0.11\n/,
    );
    expect(config).not.toContain("virtual_ipaddress");
  });

  it("stands by when it comes back, and steps back when nginx fails three checks", () => {
    expect(config).toMatch(/state BACKUP\n {2}nopreempt/);
    expect(config).toMatch(/vrrp_script nginx \{[^}]*healthz"\n {2}interval 2\n {2}timeout 3\n {2}fall 3/);
  });

  it("moves the Elastic IP by our program, as root and only what root may write", () => {
    expect(config).toContain('notify_master "/usr/local/lib/slipway/eip start"');
    for (const word of ["backup", "fault", "stop"])
      expect(config).toContain(`notify_${word} "/usr/local/lib/slipway/eip stop"`);
    expect(config).toMatch(/enable_script_security\n {2}script_user root/);
  });
});
