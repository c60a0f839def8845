import { idBytes, idText, query } from '@florin/database';
import type { Event } from '@florin/events';
import { runWithoutContext } from '@florin/runtime';
import type { Knex } from 'knex';

const POLL_INTERVAL_MS = 50;
const MAX_WAITING = 10_000;
const decisions: ReadonlySet<string> = new Set(['purchase-paid', 'purchase-declined']);

export type DecisionWatch = {
  /** Returns when the purchase is decided, after `timeoutMs`, or at once if too many requests wait. */
  wait(purchaseId: string, timeoutMs: number): Promise<void>;
  /** Notifies the waiting requests of events that this process has committed. */
  notify(events: readonly Event[]): void;
  stop(): void;
};

/**
 * Lets requests wait for decisions. A decision that this process commits ends their wait at once. Another instance may commit it,
 * so the database is queried too: one query for all waiting requests, and none while no request waits.
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
      // The database is unavailable: the requests wait until their timeout.
    } finally {
      isLooking = false;
    }
  };

  const wait = (purchaseId: string, timeoutMs: number): Promise<void> => {
    if (waiting.size >= MAX_WAITING) return Promise.resolve();
    timer ??= runWithoutContext(() => setInterval(() => void look(), POLL_INTERVAL_MS));
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
    notify(events) {
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
