import type { Clock } from './clock.ts';

/**
 * An event of `florin.sessions`, as the catalogue of @florin/events has it. Other types, of a later release, are passed over.
 * `sequence`: 20 digits that rise with each event of a user.
 */
export type Revocation = { time: string; sequence?: string } & (
  | { type: 'session-revoked'; data: { sid: string; userId: string; expiresAt: string } }
  | { type: 'tokens-invalidated'; data: { userId: string; issuedBefore: string } }
);

export type RevocationsOptions = {
  /** The longest that an access token lives. */
  tokenLifeMs: number;
  clockToleranceMs: number;
  maxEntries?: number | undefined;
  /** Everybody's tokens have just been made void: there were too many revocations to tell them apart. */
  onFull?: (() => void) | undefined;
  /** This process's own clock unless told. */
  clock?: Clock | undefined;
};

const ownClock: Clock = { earliestMs: () => Date.now(), latestMs: () => Date.now() };

export type Revocations = {
  apply(revocation: Revocation): void;
  blocks(token: { userId: string; sessionId: string; issuedAtMs: number }): boolean;
  /** Lets go of what blocks only tokens that have expired. */
  sweep(): void;
  size(): number;
};

/** About 20 MB. 100,000 sign-outs within a token's life are more than a hundred a second. */
const MOST_ENTRIES = 100_000;
/** A sweep that frees less than this would soon be followed by the next. */
const WORTH_A_SWEEP = 0.1;

/**
 * Remembers which access tokens are void before their time, for as long as they would be good otherwise. When there are more
 * revocations than may be kept, they are all replaced by one: every token issued up to the newest of them is void, whoever's it
 * is, and a refresh brings a new one. That errs to the safe side, in bounded memory.
 *
 * Of a user's events the last one, by its sequence, says which tokens are void. So auth can take back a time that a clock ahead has
 * set. A time that lies ahead by more than a token's life is not believed: it means now.
 */
export function createRevocations({
  tokenLifeMs,
  clockToleranceMs,
  maxEntries = MOST_ENTRIES,
  onFull,
  clock = ownClock,
}: RevocationsOptions): Revocations {
  const sessions = new Map<string, { untilMs: number }>();
  const users = new Map<string, { untilMs: number; issuedBeforeMs: number; sequence: string }>();
  let allIssuedBeforeMs = Number.NEGATIVE_INFINITY;
  let newestMs = Number.NEGATIVE_INFINITY;

  const size = (): number => sessions.size + users.size;
  const sweep = (): void => {
    const nowMs = clock.earliestMs();
    for (const [id, { untilMs }] of sessions) if (untilMs < nowMs) sessions.delete(id);
    for (const [id, { untilMs }] of users) if (untilMs < nowMs) users.delete(id);
  };
  /** Who wrote it may be ahead, but not by more than a token lives. */
  const believed = (atMs: number): number => {
    const nowMs = clock.latestMs();
    return atMs > nowMs + tokenLifeMs ? nowMs : atMs;
  };
  const makeRoom = (): void => {
    if (size() <= maxEntries) return;
    sweep();
    if (size() <= maxEntries * (1 - WORTH_A_SWEEP)) return;
    allIssuedBeforeMs = newestMs + 1;
    sessions.clear();
    users.clear();
    onFull?.();
  };
  const note = ({ untilMs, atMs }: { untilMs: number; atMs: number }, keep: () => void): void => {
    // Also what is no time at all, which compares as false.
    if (!(untilMs >= clock.earliestMs())) return;
    newestMs = Math.max(newestMs, believed(atMs));
    keep();
    makeRoom();
  };

  return {
    size,
    sweep,
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
