/** A string, and what it is the name of where it is one: a colon, and a number if that is its value. */
const TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*")(?:(\s*:)\s*(-?\d[\d.eE+-]*)?)?/g;
const INTEGER = /^-?\d+$/;

export type JsonMembers = {
  /** A name that is there twice: JSON.parse takes the last. */
  repeated?: string;
  /** Numbers that are not written as integers: JSON.parse reads 20.00 and 2e1 as 20. */
  notIntegers: ReadonlyMap<string, string>;
};

/** Finds what JSON.parse passes over in a flat object. */
export function findMembers(text: string): JsonMembers {
  const names = new Set<string>();
  const notIntegers = new Map<string, string>();
  for (const [, string = '', colon, number] of text.matchAll(TOKEN)) {
    if (colon === undefined) continue;
    const name = string.includes('\\') ? (JSON.parse(string) as string) : string.slice(1, -1);
    if (names.has(name)) return { repeated: name, notIntegers };
    names.add(name);
    if (number !== undefined && !INTEGER.test(number)) notIntegers.set(name, number);
  }
  return { notIntegers };
}
