import { type Event, parseEvent } from '@florin/events';
import type { HealthCheck, Logger } from '@florin/runtime';
import type { Broker, Following, Message } from './broker.ts';

/** Allowed difference between the clocks of the producer, the broker and this instance. */
const CLOCKS_MAY_DIFFER_MS = 120_000;

const UNREAD = 'a revocation cannot be read, and tokens that it should block may pass until they expire';

type Unread = { offset: string; reason: string };

export type SessionEvent = Event<'session-revoked' | 'tokens-invalidated'>;

export type FollowSessionsOptions = {
  broker: Broker;
  logger: Logger;
  /** The service's name. */
  service: string;
  /** Maximum life of an access token in milliseconds. Older revocations do not matter. */
  tokenLifeMs: number;
  applyRevocation(event: SessionEvent): void;
};

export type SessionFollower = {
  /** Does not wait for the topic: `check` tells when it has been read. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * For `/health/ready`: throws until all relevant revocations are known. Passes afterwards, even if Kafka becomes unavailable.
   */
  check: HealthCheck;
  /** Milliseconds since the topic could last be read; infinite before that. */
  ageMs(): number;
};

/**
 * Tells this instance about every revoked session and every user whose tokens were invalidated, beginning with those that still
 * matter.
 */
export function followSessions({
  broker,
  logger,
  service,
  tokenLifeMs,
  applyRevocation,
}: FollowSessionsOptions): SessionFollower {
  let following: Following | undefined;
  const applyMessages = (messages: readonly Message[]): void => {
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
    // Logs once per call, so that many foreign messages do not flood the log.
    if (foreign.length > 0)
      logger.warn('skipped messages that no Florin producer made', { messages: foreign.length, ...foreign[0] });
  };
  return {
    async start() {
      following = broker.follow({
        group: `florin.${service}.sessions`,
        topic: 'florin.sessions',
        sinceMs: tokenLifeMs + CLOCKS_MAY_DIFFER_MS,
        onMessages: applyMessages,
      });
    },
    stop: async () => following?.stop(),
    check() {
      if (following === undefined) throw new Error('not started yet');
      following.check();
    },
    ageMs: () => following?.ageMs() ?? Number.POSITIVE_INFINITY,
  };
}

function isSessionEvent(event: Event): event is SessionEvent {
  return event.type === 'session-revoked' || event.type === 'tokens-invalidated';
}
