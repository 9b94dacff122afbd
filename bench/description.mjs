/** An environment with many services behind as few load balancers as AWS allows: 100 rules for each listener. */
export function descriptionOf(services) {
  const balancer = (index) => (index < 100 ? "public" : `public-${Math.floor(index / 100) + 1}`);
  const numbers = [...Array(services).keys()];
  const balancers = [...new Set(numbers.map(balancer))];
  const certificate = "arn:aws:acm:eu-west-1:111122223333:certificate/0f5c4f2e-6f0b-4a59-9d5c-2f5d0e4b8a11";
  return `region: eu-west-1
account: "111122223333"
onRemoval: destroy
state: { backend: local }
tags: { project: slipway }
wordpress:
  network: { cidr: 10.180.0.0/16, zones: [eu-west-1a, eu-west-1b, eu-west-1c], nat: per-zone }
  loadBalancers:
${balancers.map((name) => `    ${name}: { certificateArn: "${certificate}" }`).join("\n")}
  machines: { type: m7i.large, min: 3, desired: 3, max: 400 }
  database: { version: "8.4", class: db.m7g.large, storageGib: 100 }
  services:
${numbers
  .map(
    (index) => `    service-${String(index).padStart(4, "0")}:
      image: 6.8.3-1
      loadBalancer: ${balancer(index)}
      route: { path: /service-${index}/*, priority: ${(index % 100) + 1} }
      scaling: { min: 1, max: 4, memoryPercent: 60 }`,
  )
  .join("\n")}
`;
}
