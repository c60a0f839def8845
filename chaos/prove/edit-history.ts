import type { Finding } from './finding.ts';

export type Edited = { kind: 'product' | 'category'; id: string };

/** An edit that staff sent, based on a version that they read. Its unique name identifies it. */
export type Edit = Edited & { name: string; basedOn: number; outcome: 'done' | 'rejected' | 'unknown' };

/** The catalogue in the database of the idle platform. */
export type StoredCatalogue = {
  /** Products and categories by id. */
  things: ReadonlyMap<string, { name: string; version: number }>;
  /** Edits in the audit log, with the name that each set, if any. */
  log: readonly { id: string; name?: string }[];
  /** Parent of each category. */
  parents: ReadonlyMap<string, string | null>;
};

export type EditHistory = ReturnType<typeof createEditHistory>;

const MAX_LEVELS = 10;

/** Records edits and their answers. Checks that no edit is lost and none overwrites a version that its author did not read. */
export function createEditHistory() {
  const edits: Edit[] = [];
  return {
    /** Records an edit after its answer. The outcome is unknown if any attempt got no answer. */
    edited: (edit: Edit): void => void edits.push(edit),
    counts: () => ({ edits: edits.length, done: edits.filter(({ outcome }) => outcome === 'done').length }),
    check: (stored: StoredCatalogue): Finding[] => [
      ...checkVersions(edits),
      ...checkLog(edits, stored),
      ...checkThings(edits, stored),
      ...checkTree(stored),
    ],
  };
}

/** Checks that one edit at most is applied to each version. */
function checkVersions(edits: readonly Edit[]): Finding[] {
  const winners = new Map<string, Edit>();
  const findings: Finding[] = [];
  for (const edit of edits.filter(({ outcome }) => outcome === 'done')) {
    const key = `${edit.id} ${edit.basedOn}`;
    const other = winners.get(key);
    if (other)
      findings.push({
        check: 'no edit overwrites an unread version',
        subject: edit.id,
        detail: `${other.name} and ${edit.name} both changed version ${edit.basedOn}`,
      });
    winners.set(key, edit);
  }
  return findings;
}

/** Checks that the audit log has each applied edit once and no rejected edit. */
function checkLog(edits: readonly Edit[], { log }: StoredCatalogue): Finding[] {
  const times = new Map<string, number>();
  for (const { name } of log) if (name !== undefined) times.set(name, (times.get(name) ?? 0) + 1);
  return edits.flatMap(({ id, name, outcome }) => {
    const found = times.get(name) ?? 0;
    const isRight = outcome === 'done' ? found === 1 : outcome === 'rejected' ? found === 0 : found <= 1;
    return isRight
      ? []
      : [{ check: 'an edit is applied as answered', subject: id, detail: `${name}: ${outcome}, applied ${found} times` }];
  });
}

/** Checks that each edit raised the version by one and that the last edit is in force. */
function checkThings(edits: readonly Edit[], { things, log }: StoredCatalogue): Finding[] {
  const findings: Finding[] = [];
  for (const id of new Set(edits.map((edit) => edit.id))) {
    const thing = things.get(id);
    const logged = log.filter((entry) => entry.id === id);
    const last = edits.find((edit) => edit.id === id && edit.outcome === 'done' && edit.basedOn + 1 === thing?.version)?.name;
    const find = (detail: string): void =>
      void findings.push({ check: 'a record has the state of its last edit', subject: id, detail });
    if (thing === undefined) find('missing');
    else if (thing.version !== logged.length + 1) find(`version ${thing.version} after ${logged.length} edits`);
    else if (last !== undefined && thing.name !== last) find(`named ${thing.name}, last edit ${last}`);
    else if (logged.length > 0 && logged.every(({ name }) => name !== thing.name)) find(`no edit sets the name ${thing.name}`);
  }
  return findings;
}

/** Checks that every category is at most ten levels deep and in no cycle. */
function checkTree({ parents }: StoredCatalogue): Finding[] {
  return [...parents.keys()].flatMap((id) => {
    let levels = 0;
    for (let at: string | null | undefined = id; at != null && levels <= MAX_LEVELS; at = parents.get(at)) levels++;
    return levels <= MAX_LEVELS
      ? []
      : [{ check: 'categories form a tree of at most ten levels', subject: id, detail: 'deeper, or in a cycle' }];
  });
}
