import { faultOf, type Logger } from '@florin/runtime';
import type { Broker } from './broker.ts';

const READ_AGAIN_AFTER_MS = 60_000;

export type BatchLimit = {
  /** Maximum number of bytes of one request to these topics: the setting, or the smallest limit of the topics. */
  bytesFor(topics: Iterable<string>): Promise<number>;
  /** Makes the next call read the limits of the topics again. */
  forget(): void;
};

type Options = {
  broker: Broker;
  logger: Logger;
  maxBytes: number;
  /** Maximum size of an event. A topic with a smaller limit is logged. */
  eventMaxBytes: number;
};

/** Caches the size limits of topics. While the broker does not tell them, only the setting counts. */
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
    logger.debug('could not read the size limit of a topic', { topic, ...faultOf(error) });
    return undefined;
  }
}

function warnOfSmallTopic({ logger, eventMaxBytes }: Options, { topic, bytes }: { topic: string; bytes: number }): void {
  logger.warn('the size limit of a topic is below that of events: raise its max.message.bytes, or lower EVENT_MAX_BYTES', {
    topic,
    maxMessageBytes: bytes,
    eventMaxBytes,
  });
}
