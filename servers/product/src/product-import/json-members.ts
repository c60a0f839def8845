/** A string. If it is the name of a member: its colon, and its value if that is a number. */
const TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*")(?:(\s*:)\s*(-?\d[\d.eE+-]*)?)?/g;
const INTEGER = /^-?\d+$/;

export type JsonMembers = {
  /** A repeated name, of which JSON.parse keeps the last value. */
  repeated?: string;
  /** Numbers not written as integers, by name: JSON.parse reads 20.00 and 2e1 as 20. */
  notIntegers: ReadonlyMap<string, string>;
};

/** Finds repeated names and number formats of a flat object, which JSON.parse does not report. */
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
