import type { Finding } from './finding.ts';

export type Edited = { kind: 'product' | 'category'; id: string };

/** One change that staff asked for, based on a version that they had read. Its name is no other's, so that it can be found again. */
export type Edit = Edited & { name: string; basedOn: number; outcome: 'done' | 'refused' | 'unknown' };

/** What the database holds of the catalogue when all has come to rest. */
export type StoredCatalogue = {
  /** By id. */
  things: ReadonlyMap<string, { name: string; version: number }>;
  /** Every edit that the audit log has: the name that it gave, or none. */
  log: readonly { id: string; name?: string }[];
  /** Each category's parent. */
  parents: ReadonlyMap<string, string | null>;
};

export type EditHistory = ReturnType<typeof createEditHistory>;

const MAX_LEVELS = 5;

/** What staff were told of their edits: no edit is lost, none undoes another that its author had not seen. */
export function createEditHistory() {
  const edits: Edit[] = [];
  return {
    /** After the answer; unknown where there was none, or where a request before it got none. */
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

/** Of two who had read the same version, one was told to read again. */
function checkVersions(edits: readonly Edit[]): Finding[] {
  const winners = new Map<string, Edit>();
  const findings: Finding[] = [];
  for (const edit of edits.filter(({ outcome }) => outcome === 'done')) {
    const key = `${edit.id} ${edit.basedOn}`;
    const other = winners.get(key);
    if (other)
      findings.push({
        check: 'no edit overwrites one that was not seen',
        subject: edit.id,
        detail: `${other.name} and ${edit.name} both changed version ${edit.basedOn}`,
      });
    winners.set(key, edit);
  }
  return findings;
}

/** The audit log has what was done, once, and nothing of what was refused. */
function checkLog(edits: readonly Edit[], { log }: StoredCatalogue): Finding[] {
  const times = new Map<string, number>();
  for (const { name } of log) if (name !== undefined) times.set(name, (times.get(name) ?? 0) + 1);
  return edits.flatMap(({ id, name, outcome }) => {
    const found = times.get(name) ?? 0;
    const isRight = outcome === 'done' ? found === 1 : outcome === 'refused' ? found === 0 : found <= 1;
    return isRight
      ? []
      : [{ check: 'an edit is done as it was answered', subject: id, detail: `${name} was ${outcome}, and done ${found} times` }];
  });
}

/** Each edit counted the version up by one, and the last one holds: the one that was based on the version before. */
function checkThings(edits: readonly Edit[], { things, log }: StoredCatalogue): Finding[] {
  const findings: Finding[] = [];
  for (const id of new Set(edits.map((edit) => edit.id))) {
    const thing = things.get(id);
    const logged = log.filter((entry) => entry.id === id);
    const last = edits.find((edit) => edit.id === id && edit.outcome === 'done' && edit.basedOn + 1 === thing?.version)?.name;
    const find = (detail: string): void =>
      void findings.push({ check: 'a thing is what its edits made of it', subject: id, detail });
    if (thing === undefined) find('it is gone');
    else if (thing.version !== logged.length + 1) find(`version ${thing.version} after ${logged.length} edits`);
    else if (last !== undefined && thing.name !== last) find(`it is called ${thing.name}, and was last edited to ${last}`);
    else if (logged.length > 0 && logged.every(({ name }) => name !== thing.name)) find(`no edit called it ${thing.name}`);
  }
  return findings;
}

/** From every category one comes to the top, in five steps at most. */
function checkTree({ parents }: StoredCatalogue): Finding[] {
  return [...parents.keys()].flatMap((id) => {
    let levels = 0;
    for (let at: string | null | undefined = id; at != null && levels <= MAX_LEVELS; at = parents.get(at)) levels++;
    return levels <= MAX_LEVELS
      ? []
      : [{ check: 'categories are a tree of five levels', subject: id, detail: 'it is deeper, or in a circle' }];
  });
}
