import { setTimeout as sleep } from 'node:timers/promises';

/** A table was left out of information_schema because another connection alters it, perhaps in another database of the server. */
const SKIPPED_TABLE = 1684;
const MAX_ATTEMPTS = 50;
const PAUSE_MS = 100;

/**
 * Runs a query of information_schema again while the server refuses it because a table is being altered: other services may migrate
 * their databases meanwhile.
 *
 * @throws the error of the last of 50 attempts, or any other error
 */
export async function whileAltered<T>(read: () => Promise<T>, { pauseMs = PAUSE_MS } = {}): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      if ((error as { errno?: number }).errno !== SKIPPED_TABLE || attempt === MAX_ATTEMPTS) throw error;
      await sleep(pauseMs);
    }
  }
}
