import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, pidOf, processIdentity } from './process-identity.ts';

export type Claim = { release(): Promise<void> };

/**
 * Makes this process the only launcher of a directory. Each launcher writes a file named by its identity and then looks for
 * others: two can never both win. The file of a dead launcher can be removed without a race, because its name is never reused.
 */
export async function claimDirectory(directory: string): Promise<Claim> {
  const claims = join(directory, 'launchers');
  await mkdir(claims, { recursive: true });
  // Launchers that start at the same instant see each other and both withdraw: a random pause lets one of them win.
  for (let attempt = 1; attempt < 4; attempt++) {
    const outcome = await tryClaim(claims);
    if (typeof outcome === 'object') return outcome;
    await sleep(50 + Math.random() * 200);
  }
  const outcome = await tryClaim(claims);
  if (typeof outcome === 'object') return outcome;
  throw new Error(
    `The embedded infrastructure in ${directory} is already being run by process ${outcome}. Use that one, end it (kill ${outcome}), or choose another directory.`,
  );
}

/** Returns the claim, or the pid of the launcher that holds it. */
async function tryClaim(claims: string): Promise<Claim | number> {
  const own = processIdentity(process.pid);
  if (own === undefined) throw new Error('Cannot read the start time of this process');
  const path = join(claims, own);
  try {
    await writeFile(path, '', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return process.pid;
    throw error;
  }
  const others = (await readdir(claims)).filter((name) => name !== own);
  const alive = others.find(isRunning);
  if (alive !== undefined) {
    await rm(path, { force: true });
    return pidOf(alive);
  }
  await Promise.all(others.map((name) => rm(join(claims, name), { force: true })));
  return { release: () => rm(path, { force: true }) };
}
