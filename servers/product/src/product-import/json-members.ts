/** A string. If it is the name of a member: its colon, and its value if that is a number. Or a bracket. */
const TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*")(?:(\s*:)\s*(-?\d[\d.eE+-]*)?)?|[{}[\]]/g;
const INTEGER = /^-?\d+$/;

export type JsonMembers = {
  /** A repeated name, of which JSON.parse keeps the last value. */
  repeated?: string;
  /** Numbers not written as integers, by name: JSON.parse reads 20.00 and 2e1 as 20. */
  notIntegers: ReadonlyMap<string, string>;
};

/** Finds repeated names and number formats of an object, which JSON.parse does not report. Numbers inside its members are passed over. */
export function findMembers(text: string): JsonMembers {
  const levels: Set<string>[] = [];
  const notIntegers = new Map<string, string>();
  for (const [token, string, colon, number] of text.matchAll(TOKEN)) {
    if (string === undefined) changeLevel(levels, token);
    if (string === undefined || colon === undefined) continue;
    const name = string.includes('\\') ? (JSON.parse(string) as string) : string.slice(1, -1);
    const names = levels.at(-1);
    if (names?.has(name)) return { repeated: name, notIntegers };
    names?.add(name);
    if (levels.length === 1 && number !== undefined && !INTEGER.test(number)) notIntegers.set(name, number);
  }
  return { notIntegers };
}

function changeLevel(levels: Set<string>[], bracket: string): void {
  if (bracket === '{' || bracket === '[') levels.push(new Set());
  else levels.pop();
}
