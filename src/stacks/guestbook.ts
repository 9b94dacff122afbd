import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Cache } from "../../modules/cache";
import { DeployedVersion } from "../../modules/deployed-version";
import { DnsRecord } from "../../modules/dns-record";
import { Network } from "../../modules/network";
import { Notifications } from "../../modules/notifications";
import { PrivateZone } from "../../modules/private-zone";
import { TargetGroup } from "../../modules/target-group";
import { Vpn } from "../../modules/vpn";
import type { Environment, Guestbook } from "../config";
import { guestbookContainer } from "../core/guestbook-container";
import { accessLogsOf } from "./access-logs";
import { keepSafe, snapshotsOf } from "./data";
import { placeEntrance } from "./entrance";
import { layFoundation } from "./foundation";
import { Control } from "./guestbook-control";
import type { GuestbookFiles } from "./guestbook-files";
import { type GuestbookMachines, guestbookMachines, registryAddress } from "./guestbook-machines";
import { GuestbookSecrets } from "./guestbook-secrets";
import { logKeyOf, watchOver } from "./observation";

/**
 * The guestbook: web machines that configure themselves by their role, from a Puppet server beside them, with images of their
 * own registry. Visits are counted in a cache that fails over; the entries are in another data centre, behind a VPN.
 */
export class GuestbookStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: Environment, system: Guestbook, files: GuestbookFiles) {
    super(scope, id);
    layFoundation(this, environment, "guestbook");
    const { region, onRemoval } = environment;
    const name = `guestbook-${environment.name}`;
    const site = { name, region, onRemoval };

    // What exists.
    const reserved = [system.puppet.address, system.registry.address];
    const network = new Network(this, "network", {
      name,
      region,
      onRemoval,
      dataTier: true,
      reserved,
      ...system.network,
    });
    const { vpcId } = network;
    const { emails } = system.alarms;
    const onCall = new Notifications(this, "on-call", { name, region, emails, cacheEvents: true, onRemoval });
    const { accessLogDays, ...options } = system.entrance;
    const accessLogs = accessLogsOf(this, name, accessLogDays, onRemoval);
    const entry = placeEntrance(this, "entrance", options, {
      ...{ name, system: "guestbook", region, environment, network, accessLogs },
    });
    const { balancer: entrance } = entry;
    const listener = { arn: entrance.listenerArn };
    const { port: webPort, healthPath } = guestbookContainer;
    const requests = new TargetGroup(this, "requests", {
      ...{ name, vpcId, vpcCidr: network.cidr, port: webPort, listener },
      health: { path: healthPath },
    });
    const { type: nodeType, ...cacheOptions } = system.cache;
    const visits = new Cache(this, "visits", {
      ...{ name, placement: network.data, nodeType, ...cacheOptions, onRemoval },
      // The application is told a host, which leaves no room for TLS; who speaks it, is understood.
      transitEncryption: "preferred",
      ...{ eventTopicArn: onCall.eventTopicArn, alarmTopicArn: onCall.alarmTopicArn },
    });
    const { remoteCidr, port } = system.database;
    const vpn = new Vpn(this, "vpn", {
      ...{ name, network, remoteRanges: [remoteCidr], alarmTopicArn: onCall.alarmTopicArn, onRemoval },
      ...system.vpn,
    });
    const secrets = new GuestbookSecrets(this, "secrets", environment, system);
    const version = new DeployedVersion(this, "version", {
      path: `/guestbook/${environment.name}/version`,
      description: `Version of the guestbook that runs in ${environment.name}`,
      first: system.firstVersion,
    });
    const infrastructure = {
      "slipway::region": region,
      "profile::guestbook::redis_host": visits.primaryEndpoint,
      "profile::guestbook::database_secret": secrets.databaseUrl.arn,
      "profile::guestbook::registry": registryAddress(system),
      "profile::guestbook::registry_secret": secrets.registryAccount.arn,
      "profile::registry::account_secret": secrets.registryAccount.arn,
    };
    const control = new Control(this, "control", { environment, system, files, infrastructure });
    const parts = { environment, system, files, network, secrets, control, version, requests };
    const machines = guestbookMachines(this, parts);
    const { web, puppet, registry } = machines;

    // The volumes hold the authority of all certificates, and every image that was pushed.
    snapshotsOf(this, site, system);
    const copies = keepSafe(this, site, system);

    // Who is found under which name.
    const names = new PrivateZone(this, "names", { name: system.privateZone, vpcId, onRemoval });
    names.address("puppet", puppet.privateIp);
    names.address("registry", registry.privateIp);
    const { dns } = system;
    if (dns) new DnsRecord(this, "alias", { zone: { name: dns.zone }, name: dns.name, target: entrance });

    // Who talks to whom.
    entry.open();
    web.connections.allowFrom(entrance, "requests and health checks");
    visits.connections.allowFrom(web, "counted visits");
    web.connections.allowToAddresses("database", remoteCidr, port, "entries, over the VPN");
    registry.connections.allowFrom(web, "images of the guestbook");
    for (const range of system.registry.pushFrom) {
      registry.connections.allowFromAddresses(range.replace(/[^0-9]+/g, "-"), range, "images pushed by the pipeline");
    }
    for (const agent of [web, registry]) puppet.connections.allowFrom(agent, "certificates and catalogues");
    for (const { connections } of [web, registry, puppet]) {
      connections.allowToInternet("AWS APIs, images and modules");
      connections.allowToInternet("packages of Debian, which are signed", 80);
    }
    if (control.gitPort) puppet.connections.allowToInternet("control repository", control.gitPort);

    // Who watches what. The cache and the tunnels have alarms of their own.
    watchOver(this, {
      ...{ name, region, onRemoval, topicArn: onCall.alarmTopicArn, emails, dashboard: system.cloudwatchDashboard },
      watched: {
        ...entry.watched,
        requests: requests.behind(entrance),
        web,
        puppet,
        registry,
        visits,
        vpn,
        network,
        ...copies,
      },
    });
    logKeyOf(this, site, system);

    this.output({
      url: dns ? `${options.certificateArn ? "https" : "http"}://${dns.name}` : entry.url,
      load_balancer_dns_name: entrance.dnsName,
      ...(accessLogs && { access_log_bucket: accessLogs.bucket }),
      fill_database_url_command: secrets.databaseUrl.fillCommand,
      registry_address: registryAddress(system),
      registry_account_secret_arn: secrets.registryAccount.arn,
      version_parameter: version.path,
      deploy_command: version.deployCommand(region),
      redis_host: visits.primaryEndpoint,
      redis_failover_command: `aws elasticache test-failover --region ${region} --replication-group-id ${name} --node-group-id 0001`,
      ...replaceCommands(machines),
      web_instance_ids: web.instanceIds,
      web_target_group_arn: requests.arn,
      // The keys of the tunnels are in these secrets alone; what AWS shows of a connection has none.
      vpn_tunnels: vpn.tunnels,
      vpn_connection_ids: vpn.connectionIds,
      vpn_key_secret_arns: vpn.keySecretArns,
    });
  }

  private output(values: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(values)) new TerraformOutput(this, key, { value });
  }
}

/** For a shell: what replaces a machine by one of the newest template. */
function replaceCommands({ puppet, registry, web }: GuestbookMachines) {
  return {
    replace_puppet_command: puppet.replaceCommand,
    replace_registry_command: registry.replaceCommand,
    replace_web_commands: web.replaceCommands,
  };
}
