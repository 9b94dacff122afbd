import type { Fault } from "./mistakes";

const tag = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const host = /^(localhost|[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+|[a-zA-Z0-9-]+(?=:))(:\d{1,5})?$/;
const repository = /^[a-z0-9]+([._-]+[a-z0-9]+)*$/;

/** What speaks against an image: a tag of the environment's own registry, or a reference with a host or a repository. */
export function imageFault(image: string): Fault | undefined {
  const fault = /[/:@]/.test(image) ? referenceFault(image) : tagFault(image);
  if (!fault) return undefined;
  return { code: "IMAGE_REF", ...fault };
}

/** What speaks against an image where there is no registry of the environment's own: a tag alone names nothing. */
export function containerImageFault(image: string): Fault | undefined {
  if (/[/:@]/.test(image)) return imageFault(image);
  return {
    code: "IMAGE_REF",
    want: "a full reference: this system has no registry of its own",
    fix: "write for example docker.io/library/wordpress:6.8.3-php8.3-apache",
  };
}

type Loose = Omit<Fault, "code"> & { readonly code?: string };

function tagFault(text: string): Loose | undefined {
  if (text === "latest") return unpinned;
  if (tag.test(text)) return undefined;
  return {
    want: "a tag: 1 to 128 letters, digits and characters of _.-, the first no dot or dash",
    fix: "write a tag such as 6.8.3-1",
  };
}

function referenceFault(text: string): Loose | undefined {
  const [rest = "", digest, ...others] = text.split("@");
  const [, name = "", version] = /^(.*?)(?::([^/]*))?$/.exec(rest) ?? [];
  const parts = name.split("/");
  const first = parts.length > 1 && host.test(parts[0]!) ? 1 : 0;
  if (digest !== undefined && (others.length > 0 || !/^sha256:[0-9a-f]{64}$/.test(digest))) {
    return { want: "a digest of sha256: and 64 hexadecimal digits after @", fix: "copy the digest from the registry" };
  }
  if (!parts.slice(first).every((part) => repository.test(part))) {
    const want = "a repository in lower-case letters, digits and single separators";
    return {
      want,
      fix: name === name.toLowerCase() ? "write for example library/wordpress:6.8" : `write ${rest.toLowerCase()}`,
    };
  }
  if (version === "latest" || (version === undefined && digest === undefined)) return unpinned;
  if (version !== undefined && !tag.test(version)) {
    return { want: "a tag of 1 to 128 characters after the colon", fix: `write for example ${name}:1.0.0` };
  }
  return undefined;
}

const unpinned: Loose = {
  code: "IMAGE_UNPINNED",
  want: "an image that stays the same: a version, or a digest",
  fix: "write the version that you tested, such as 6.8.3-1",
};
