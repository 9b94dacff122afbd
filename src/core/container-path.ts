/** Folders that a container needs as its image has them: files mounted over one would hide its programs, or the kernel. */
const needed = /^\/(bin|boot|dev|etc|lib|lib64|proc|run|sbin|sys|usr|var)?$/;

/** What speaks against `path` as the place where a container finds shared files, if anything. */
export function containerPathFault(path: string): { want: string; fix: string } | undefined {
  const fix = "write for example /var/www/html/wp-content";
  if (path.length > 200 || !/^(\/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$/.test(path)) {
    return { want: "a folder of the container: names of letters, digits, _, . and -, each after a /", fix };
  }
  return needed.test(path) ? { want: "a folder that holds no programs or devices of the container", fix } : undefined;
}
