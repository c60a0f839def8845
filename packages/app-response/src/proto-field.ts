const PROTO = '__proto__';

/**
 * Finds a field `__proto__`, as JSON.parse makes it. Copies of an object lose the field, so a schema does not see it.
 *
 * @param input an input that a schema has accepted, so that its depth is bounded
 * @returns the path of the field; undefined if there is none
 */
export function findProtoField(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  if (hasProtoField(input)) return PROTO;
  // Keys, since every request passes here: they are cheaper than entries.
  for (const name of Object.keys(input)) {
    const value = (input as Record<string, unknown>)[name];
    if (typeof value !== 'object') continue;
    const found = findProtoField(value);
    if (found !== undefined) return `${name}.${found}`;
  }
  return undefined;
}

export function hasProtoField(input: object): boolean {
  return Object.hasOwn(input, PROTO);
}
