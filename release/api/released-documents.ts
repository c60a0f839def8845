import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBreakingChanges } from './find-breaking-changes.ts';
import { type EventsDocument, findEventChanges } from './find-event-changes.ts';
import type { ApiDocument } from './read-operations.ts';

/** What the code says today: written by `npm run docs`. */
const TODAY = 'docs/api';
/** What the last release said. Only `releaseDocuments` writes here. */
const RELEASED = 'docs/api/released';
const EVENTS = 'events.json';

/** Describes the changes since the last release that break clients or consumers, each with its document. Empty if there are none. */
export async function findBreaksSinceRelease(root: string): Promise<string[]> {
  const findings: string[] = [];
  for (const file of await documentsIn(root, RELEASED)) {
    const before = await readDocument(root, RELEASED, file);
    const after = await readDocument(root, TODAY, file);
    findings.push(...(after === undefined ? ['is gone'] : judge(file, before, after)).map((finding) => `${file}: ${finding}`));
  }
  return findings;
}

/**
 * Makes today's documents those of the release.
 *
 * @returns the files
 * @throws Error that lists the changes, if one of them is breaking
 */
export async function releaseDocuments(root: string): Promise<string[]> {
  const findings = await findBreaksSinceRelease(root);
  if (findings.length > 0) throw new Error(`These changes break clients (docs/api/policy.md):\n  ${findings.join('\n  ')}`);
  await mkdir(join(root, RELEASED), { recursive: true });
  const files = await documentsIn(root, TODAY);
  for (const file of files) await writeFile(join(root, RELEASED, file), await readFile(join(root, TODAY, file)));
  return files.map((file) => join(RELEASED, file));
}

function judge(file: string, before: unknown, after: unknown): string[] {
  return file === EVENTS
    ? findEventChanges({ before: before as EventsDocument, after: after as EventsDocument })
    : findBreakingChanges({ before: before as ApiDocument, after: after as ApiDocument });
}

async function documentsIn(root: string, folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => name.endsWith('.json')).sort();
}

async function readDocument(root: string, folder: string, file: string): Promise<unknown> {
  const names = await documentsIn(root, folder);
  return names.includes(file) ? JSON.parse(await readFile(join(root, folder, file), 'utf8')) : undefined;
}
