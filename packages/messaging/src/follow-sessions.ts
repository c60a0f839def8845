import { type Event, parseEvent } from '@florin/events';
import type { HealthCheck, Logger } from '@florin/runtime';
import type { Broker, Following, Message } from './broker.ts';

/** What may lie between the clocks of who wrote a revocation, of the broker, and ours. */
const CLOCKS_MAY_DIFFER_MS = 120_000;

const UNREAD = 'a revocation cannot be read, and tokens that it should block may pass until they expire';

type Unread = { offset: string; reason: string };

export type SessionEvent = Event<'session-revoked' | 'tokens-invalidated'>;

export type FollowSessionsOptions = {
  broker: Broker;
  logger: Logger;
  /** The service's name. */
  service: string;
  /** The longest that an access token lives: revocations older than that matter no more. */
  tokenLifeMs: number;
  applyRevocation(event: SessionEvent): void;
};

export type SessionFollower = {
  /** Waits for nothing: `check` tells when it has read what there is. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** For `/health/ready`: throws until all revocations that matter are known. Stays good when Kafka goes away later. */
  check: HealthCheck;
};

/** Tells this instance of every session that ends and every user whose tokens are void, first of those that still matter. */
export function followSessions({
  broker,
  logger,
  service,
  tokenLifeMs,
  applyRevocation,
}: FollowSessionsOptions): SessionFollower {
  let following: Following | undefined;
  const hear = (messages: readonly Message[]): void => {
    const foreign: Unread[] = [];
    for (const { value, offset } of messages) {
      const parsed = parseEvent(value);
      if (parsed.kind === 'event') {
        if (isSessionEvent(parsed.event)) applyRevocation(parsed.event);
      } else if (parsed.kind !== 'unknown-type') {
        if (parsed.type === undefined) foreign.push({ offset, reason: parsed.reason });
        else logger.error(UNREAD, { offset, reason: parsed.reason });
      }
    }
    // Once for all of them: a flood must not flood the log.
    if (foreign.length > 0)
      logger.warn('messages that no producer of ours made are passed over', { messages: foreign.length, ...foreign[0] });
  };
  return {
    async start() {
      following = broker.follow({
        group: `florin.${service}.sessions`,
        topic: 'florin.sessions',
        sinceMs: tokenLifeMs + CLOCKS_MAY_DIFFER_MS,
        onMessages: hear,
      });
    },
    stop: async () => following?.stop(),
    check() {
      if (following === undefined) throw new Error('not started yet');
      following.check();
    },
  };
}

function isSessionEvent(event: Event): event is SessionEvent {
  return event.type === 'session-revoked' || event.type === 'tokens-invalidated';
}
