/** Families of which RDS starts no new server with the versions on offer → what took their place. */
export const previousRdsFamilies: ReadonlyMap<string, string> = new Map(
  Object.entries({ t1: "t4g", t2: "t4g", m1: "m7g", m2: "m7g", m3: "m7g", m4: "m7g", r3: "r7g", r4: "r7g" }),
);
