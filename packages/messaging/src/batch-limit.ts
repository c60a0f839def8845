import { faultOf, type Logger } from '@florin/runtime';
import type { Broker } from './broker.ts';

const READ_AGAIN_AFTER_MS = 60_000;

export type BatchLimit = {
  /** The most bytes that one request to these topics may carry: the setting or, where a topic takes less, that. */
  bytesFor(topics: Iterable<string>): Promise<number>;
  /** Reads the topics' own limits again at the next call. */
  forget(): void;
};

type Options = {
  broker: Broker;
  logger: Logger;
  maxBytes: number;
  /** Every topic should take an event of this size. */
  eventMaxBytes: number;
};

/** Knows what the topics take, as the broker says; where it does not say, the setting alone counts. */
export function createBatchLimit(options: Options): BatchLimit {
  const known = new Map<string, { bytes: number; readAt: number }>();
  const limitOf = async (topic: string): Promise<number> => {
    const last = known.get(topic);
    if (last !== undefined && performance.now() - last.readAt < READ_AGAIN_AFTER_MS) return last.bytes;
    const bytes = (await readLimit(options, topic)) ?? last?.bytes ?? options.maxBytes;
    if (bytes !== last?.bytes && bytes < options.eventMaxBytes) warnOfSmallTopic(options, { topic, bytes });
    known.set(topic, { bytes, readAt: performance.now() });
    return bytes;
  };
  return {
    async bytesFor(topics) {
      let bytes = options.maxBytes;
      for (const topic of new Set(topics)) bytes = Math.min(bytes, await limitOf(topic));
      return bytes;
    },
    forget: () => known.clear(),
  };
}

async function readLimit({ broker, logger }: Options, topic: string): Promise<number | undefined> {
  try {
    return await broker.maxBatchBytes(topic);
  } catch (error) {
    logger.debug('could not read how much a topic takes', { topic, ...faultOf(error) });
    return undefined;
  }
}

function warnOfSmallTopic({ logger, eventMaxBytes }: Options, { topic, bytes }: { topic: string; bytes: number }): void {
  logger.warn('a topic takes less than an event may have: raise its max.message.bytes, or lower EVENT_MAX_BYTES', {
    topic,
    maxMessageBytes: bytes,
    eventMaxBytes,
  });
}
