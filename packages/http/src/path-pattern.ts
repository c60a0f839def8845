/** A parameter of an Express path. A colon after a backslash is text: `/v1/purchases/ship\:batch`. */
const PARAMETER = /(?<!\\):(\w+)/g;

/** Replaces the parameters of an Express path, and the escaped colons by colons. */
export function fillPath(path: string, fill: (name: string) => string): string {
  return path.replaceAll(PARAMETER, (_, name: string) => fill(name)).replaceAll('\\:', ':');
}

/** Returns an Express path as OpenAPI writes it: `/v1/purchases/{id}`. */
export function documentedPath(path: string): string {
  return fillPath(path, (name) => `{${name}}`);
}
