import { idBytes, idText, query } from '@florin/database';
import type { Event } from '@florin/events';
import type { Knex } from 'knex';

const LOOK_EVERY_MS = 50;
const MOST_WAITERS = 10_000;
const decisions: ReadonlySet<string> = new Set(['purchase-paid', 'purchase-declined']);

export type DecisionWatch = {
  /** Returns once the purchase is decided, or the time is over, or too many wait already. */
  wait(purchaseId: string, timeoutMs: number): Promise<void>;
  /** Says what has just been committed here, so that those who wait for it need not wait for the next look. */
  heard(events: readonly Event[]): void;
  stop(): void;
};

/**
 * Lets requests wait for decisions. One that is committed here answers them at once; it may be committed by another instance,
 * so the database is asked too: one query for all who wait, and none while nobody does.
 */
export function createDecisionWatch(db: Knex): DecisionWatch {
  const waiting = new Map<string, Set<() => void>>();
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;

  const answerAll = (purchaseId: string): void => {
    for (const answer of [...(waiting.get(purchaseId) ?? [])]) answer();
  };
  const look = async (): Promise<void> => {
    if (isLooking || waiting.size === 0) return;
    isLooking = true;
    try {
      for (const id of await findDecided(db, [...waiting.keys()])) answerAll(id);
    } catch {
      // The database is away: those who wait get the purchase as it was when their time is over.
    } finally {
      isLooking = false;
    }
  };

  const wait = (purchaseId: string, timeoutMs: number): Promise<void> => {
    if (waiting.size >= MOST_WAITERS) return Promise.resolve();
    timer ??= setInterval(() => void look(), LOOK_EVERY_MS);
    return new Promise((resolve) => {
      const answers = waiting.get(purchaseId) ?? new Set();
      waiting.set(purchaseId, answers);
      const answer = (): void => {
        clearTimeout(timeout);
        answers.delete(answer);
        if (answers.size === 0) waiting.delete(purchaseId);
        if (waiting.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
        resolve();
      };
      const timeout = setTimeout(answer, timeoutMs);
      answers.add(answer);
    });
  };

  return {
    wait,
    heard(events) {
      if (waiting.size === 0) return;
      for (const { type, subject } of events) if (decisions.has(type)) answerAll(subject);
    },
    stop() {
      for (const id of [...waiting.keys()]) answerAll(id);
    },
  };
}

async function findDecided(db: Knex, ids: readonly string[]): Promise<string[]> {
  const rows = await query<{ id: Buffer }>(db, "SELECT id FROM purchases WHERE id IN (?) AND status <> 'requested'", [
    ids.map(idBytes),
  ]);
  return rows.map(({ id }) => idText(id));
}
