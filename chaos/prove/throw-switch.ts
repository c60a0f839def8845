import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase, runTransaction } from '@florin/database';
import { setSwitch } from '@florin/service';
import type { SwitchOf } from './draw-fault.ts';
import type { Platform } from './start-platform.ts';

const RETRY_MS = 500;
/** A killed database is up again sooner. */
const GIVE_UP_MS = 120_000;

/** Throws a switch or takes it back, as the operators' command does. Retries while the database is away. */
export async function throwSwitch(
  { databaseUrls }: Pick<Platform, 'databaseUrls'>,
  { service, name }: SwitchOf,
  { isOn }: { isOn: boolean },
): Promise<void> {
  const db = openDatabase({ url: databaseUrls[service], poolMax: 1 });
  const change = { isOn, reason: 'prove', actor: { actorId: null, actorName: 'prove' } };
  const deadline = Date.now() + GIVE_UP_MS;
  try {
    for (;;) {
      try {
        await runTransaction(db, (trx) => setSwitch(trx, name, change));
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await sleep(RETRY_MS);
      }
    }
  } finally {
    await db.destroy();
  }
}
