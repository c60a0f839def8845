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
  for (const name in input) {
    const found = findProtoField((input as Record<string, unknown>)[name]);
    if (found !== undefined) return `${name}.${found}`;
  }
  return undefined;
}

export function hasProtoField(input: object): boolean {
  return Object.hasOwn(input, PROTO);
}
