interface Fault {
  readonly want: string;
  readonly fix: string;
}

/** What speaks against a path as the key of a file in a bucket, that comes out as the same path elsewhere, if anything. */
export function filePathFault(path: string): Fault | undefined {
  const parts = path.split("/");
  const plain = parts.every((part) => /^[A-Za-z0-9._+@-]+$/.test(part) && part !== "." && part !== "..");
  if (plain && path.length <= 512) return undefined;
  const want = "a relative path of letters, digits and ._+@- between single slashes, at most 512 characters";
  return { want, fix: "for example manifests/site.pp" };
}
