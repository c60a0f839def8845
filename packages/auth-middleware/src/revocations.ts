import type { Clock } from './clock.ts';

/**
 * An event of `florin.sessions`, as in the catalogue of @florin/events. Other types are skipped. `sequence`: 20 digits,
 * increasing with each event of a user.
 */
export type Revocation = { time: string; sequence?: string } & (
  | { type: 'session-revoked'; data: { sid: string; userId: string; expiresAt: string } }
  | { type: 'tokens-invalidated'; data: { userId: string; issuedBefore: string } }
);

export type RevocationsOptions = {
  /** Maximum life of an access token in milliseconds. */
  tokenLifeMs: number;
  clockToleranceMs: number;
  maxEntries?: number | undefined;
  /** Called when there were too many revocations to store, and all tokens have been invalidated instead. */
  onFull?: (() => void) | undefined;
  /** Clock (default: that of this process). */
  clock?: Clock | undefined;
};

const ownClock: Clock = { earliestMs: () => Date.now(), latestMs: () => Date.now() };

export type Revocations = {
  apply(revocation: Revocation): void;
  blocks(token: { userId: string; sessionId: string; issuedAtMs: number }): boolean;
  /** Deletes entries that block only expired tokens. */
  removeExpired(): void;
  size(): number;
};

/** About 20 MB. It takes more than a hundred sign-outs per second to reach 100,000 within the life of a token. */
const MAX_ENTRIES = 100_000;
/** Minimum number of entries that a clean-up must free. After less, the next clean-up would follow soon. */
const WORTH_A_SWEEP = 0.1;

/**
 * Stores which access tokens were invalidated before they expire, until they expire. If there are more revocations than fit, one
 * entry replaces them all: every token issued up to the newest of them is invalid, and a refresh issues a new one. That keeps
 * the memory bounded and errs on the safe side.
 *
 * The last event of a user, by sequence, decides which tokens are invalid. So auth can correct a time that a fast clock has set.
 * A time that is further ahead than the life of a token counts as now.
 */
export function createRevocations({
  tokenLifeMs,
  clockToleranceMs,
  maxEntries = MAX_ENTRIES,
  onFull,
  clock = ownClock,
}: RevocationsOptions): Revocations {
  const sessions = new Map<string, { untilMs: number }>();
  const users = new Map<string, { untilMs: number; issuedBeforeMs: number; sequence: string }>();
  let allIssuedBeforeMs = Number.NEGATIVE_INFINITY;
  let newestMs = Number.NEGATIVE_INFINITY;

  const size = (): number => sessions.size + users.size;
  const removeExpired = (): void => {
    const nowMs = clock.earliestMs();
    for (const [id, { untilMs }] of sessions) if (untilMs < nowMs) sessions.delete(id);
    for (const [id, { untilMs }] of users) if (untilMs < nowMs) users.delete(id);
  };
  /** Limits a time of the producer's clock to the maximum life of a token from now. */
  const believed = (atMs: number): number => {
    const nowMs = clock.latestMs();
    return atMs > nowMs + tokenLifeMs ? nowMs : atMs;
  };
  const makeRoom = (): void => {
    if (size() <= maxEntries) return;
    removeExpired();
    if (size() <= maxEntries * (1 - WORTH_A_SWEEP)) return;
    allIssuedBeforeMs = newestMs + 1;
    sessions.clear();
    users.clear();
    onFull?.();
  };
  const note = ({ untilMs, atMs }: { untilMs: number; atMs: number }, keep: () => void): void => {
    // Also true for an invalid time, which compares as false.
    if (!(untilMs >= clock.earliestMs())) return;
    newestMs = Math.max(newestMs, believed(atMs));
    keep();
    makeRoom();
  };

  return {
    size,
    removeExpired,
    apply({ type, time, data, sequence = '' }) {
      if (type === 'session-revoked') {
        const expiresAtMs = Date.parse(data.expiresAt);
        const untilMs = expiresAtMs + clockToleranceMs;
        const atMs = Math.max(Date.parse(time), expiresAtMs - tokenLifeMs);
        note({ untilMs, atMs }, () => sessions.set(data.sid, { untilMs }));
      } else if (type === 'tokens-invalidated') {
        const atMs = believed(Date.parse(data.issuedBefore));
        const known = users.get(data.userId);
        const isLast = known === undefined || (sequence !== '' && sequence >= known.sequence);
        const issuedBeforeMs = isLast ? atMs : Math.max(atMs, known.issuedBeforeMs);
        const untilMs = issuedBeforeMs + tokenLifeMs + clockToleranceMs;
        note({ untilMs, atMs }, () =>
          users.set(data.userId, { untilMs, issuedBeforeMs, sequence: isLast ? sequence : known.sequence }),
        );
      }
    },
    blocks({ userId, sessionId, issuedAtMs }) {
      if (issuedAtMs < allIssuedBeforeMs || sessions.has(sessionId)) return true;
      const user = users.get(userId);
      return user !== undefined && issuedAtMs < user.issuedBeforeMs;
    },
  };
}
