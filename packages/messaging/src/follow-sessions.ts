import {
  createEventVerifier,
  type Event,
  type EventSignatures,
  needsStart,
  parseEvent,
  type SignatureStarts,
  type VerifyEvent,
} from '@florin/events';
import type { HealthCheck, Logger, SecurityEvent } from '@florin/runtime';
import type { Broker, Following, Message } from './broker.ts';

/** Allowed difference between the clocks of the producer, the broker and this instance. */
const CLOCKS_MAY_DIFFER_MS = 120_000;

const TOPIC = 'florin.sessions';

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
  signatures: EventSignatures;
  /** Reads the stored offsets from which events must be signed (`readSignatureStarts`). Called only for unsigned messages. */
  readStarts?(): Promise<SignatureStarts>;
  /** Called with the number of messages that were refused because of their signature. */
  onForged?(messages: number): void;
  applyRevocation(event: SessionEvent): void;
};

export type SessionFollower = {
  /** Does not wait for the topic: `check` tells when it has been read. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * For `/health/ready`: throws until all relevant revocations are known. Passes afterwards, even if Kafka becomes unavailable,
   * unless a message was signed with a key that this process lacks. A process with the key reads the message again at its start.
   */
  check: HealthCheck;
  /** Milliseconds since the topic could last be read; infinite before that. */
  ageMs(): number;
};

/**
 * Tells this instance about every revoked session and every user whose tokens were invalidated, beginning with those that still
 * matter.
 */
export function followSessions(options: FollowSessionsOptions): SessionFollower {
  const { broker, logger, service, tokenLifeMs, applyRevocation, onForged } = options;
  let following: Following | undefined;
  let missingKey: string | undefined;
  const applyMessages = async (messages: readonly Message[], partition: number): Promise<void> => {
    const verify = await verifierFor(options, messages);
    const foreign: Unread[] = [];
    const forged: Unread[] = [];
    for (const { key, value, offset } of messages) {
      const parsed = parseEvent({ topic: TOPIC, partition, offset, key, value }, verify);
      if (parsed.kind === 'event') {
        if (isSessionEvent(parsed.event)) applyRevocation(parsed.event);
      } else if (parsed.kind === 'forged') forged.push({ offset, reason: parsed.reason });
      else if (parsed.kind === 'unknown-key') missingKey = parsed.reason;
      else if (parsed.kind !== 'unknown-type') {
        if (parsed.type === undefined) foreign.push({ offset, reason: parsed.reason });
        else logger.error(UNREAD, { offset, reason: parsed.reason });
      }
    }
    // Logs once per call, so that many foreign messages do not flood the log.
    if (foreign.length > 0)
      logger.warn('skipped messages that no Florin producer made', { messages: foreign.length, ...foreign[0] });
    if (forged.length === 0) return;
    logger.error('events.forged' satisfies SecurityEvent, { topic: TOPIC, messages: forged.length, ...forged[0] });
    onForged?.(forged.length);
  };
  return {
    async start() {
      following = broker.follow({
        group: `florin.${service}.sessions`,
        topic: TOPIC,
        sinceMs: tokenLifeMs + CLOCKS_MAY_DIFFER_MS,
        onMessages: applyMessages,
      });
    },
    stop: async () => following?.stop(),
    check() {
      if (following === undefined) throw new Error('not started yet');
      following.check();
      if (missingKey !== undefined) throw new Error(`${TOPIC}: ${missingKey} Configure it and restart this instance.`);
    },
    ageMs: () => following?.ageMs() ?? Number.POSITIVE_INFINITY,
  };
}

async function verifierFor(
  { signatures, readStarts }: FollowSessionsOptions,
  messages: readonly Message[],
): Promise<VerifyEvent> {
  const needsStarts = messages.some(({ value }) => needsStart(signatures, value));
  return createEventVerifier(signatures, needsStarts && readStarts !== undefined ? { starts: await readStarts() } : {});
}

function isSessionEvent(event: Event): event is SessionEvent {
  return event.type === 'session-revoked' || event.type === 'tokens-invalidated';
}
