/** What both sides may agree on: what every current device knows, and nothing that was broken or will be soon. */
const proposals = {
  encryptionAlgorithms: ["AES256-GCM-16"],
  integrityAlgorithms: ["SHA2-384", "SHA2-512"],
  dhGroupNumbers: [19, 20, 21],
};

type Both<T, N extends 1 | 2> = { [K in keyof T & string as `tunnel${N}${K}`]: T[K] };

/** The same settings for one of the two tunnels of a connection, under the names of that tunnel. */
export function tunnelSettings<N extends 1 | 2>(tunnel: N, insideCidr: string | undefined, logGroupArn: string) {
  const { encryptionAlgorithms, integrityAlgorithms, dhGroupNumbers } = proposals;
  const settings = {
    InsideCidr: insideCidr,
    IkeVersions: ["ikev2"],
    // Amazon's side calls, and calls again when the other side was gone: nobody has to send a packet first.
    StartupAction: "start",
    DpdTimeoutAction: "restart",
    Phase1EncryptionAlgorithms: [...encryptionAlgorithms],
    Phase1IntegrityAlgorithms: [...integrityAlgorithms],
    Phase1DhGroupNumbers: [...dhGroupNumbers],
    Phase2EncryptionAlgorithms: [...encryptionAlgorithms],
    Phase2IntegrityAlgorithms: [...integrityAlgorithms],
    Phase2DhGroupNumbers: [...dhGroupNumbers],
    EnableTunnelLifecycleControl: true,
    LogOptions: { cloudwatchLogOptions: { logEnabled: true, logGroupArn, logOutputFormat: "json" } },
  };
  const named = Object.entries(settings).map(([key, value]) => [`tunnel${tunnel}${key}`, value]);
  return Object.fromEntries(named) as Both<typeof settings, N>;
}
