/** What machines of every kind are told alike. */
export interface TemplateSettings {
  readonly imageId: string;
  readonly instanceType: string;
  /** Size of the root volume, in GiB. */
  readonly rootGib: number;
  /** Name of the image's root device. */
  readonly rootDevice?: string;
  readonly detailedMonitoring?: boolean;
  /** Of the machine and its volumes. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The part of a launch template that is the same for whatever starts machines: an encrypted root volume that goes with the
 * machine, IMDSv2 alone, and tags on what the provider's default tags do not reach.
 */
export function templateSettings({ imageId, instanceType, rootGib, tags, ...more }: TemplateSettings) {
  const { rootDevice = "/dev/xvda", detailedMonitoring = false } = more;
  return {
    updateDefaultVersion: true,
    ...{ imageId, instanceType },
    monitoring: { enabled: detailedMonitoring },
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      // One hop ends at the machine: containers behind its bridge do not get at the machine's credentials.
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: "disabled",
    },
    blockDeviceMappings: [
      {
        deviceName: rootDevice,
        ebs: { volumeSize: rootGib, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
      },
    ],
    tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
  };
}
