import { createRequire } from 'node:module';
import { mendKafkajsClock } from './mend-kafkajs-clock.ts';

const load = createRequire(import.meta.url);

/** Patches faults of kafkajs 2.2.4, once per process, before the first client is created. */
export function mendKafkajs(): void {
  stopIdleBusyLoop();
  keepOffsetsAsTheyAre();
  reportFailedCrashes();
  mendKafkajsClock();
}

/** Marks a patched prototype, so that a second client does not patch it again. */
function isFirst(prototype: { isMended?: true }): boolean {
  if (prototype.isMended) return false;
  prototype.isMended = true;
  return true;
}

type RequestQueue = { pending: unknown[]; throttledUntil: number; scheduleCheckPendingRequests(): void };

/**
 * kafkajs sets a timer for pending requests even if there are none: 2,744 wake-ups a second when idle, and a
 * TimeoutNegativeWarning on newer Node versions. Without pending requests and throttling there is nothing to schedule.
 */
function stopIdleBusyLoop(): void {
  const { prototype } = load('kafkajs/src/network/requestQueue') as { prototype: RequestQueue & { isMended?: true } };
  if (!isFirst(prototype)) return;
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length === 0 && this.throttledUntil <= Date.now()) return;
    schedule.call(this);
  };
}

type ConsumerGroup = { recoverFromOffsetOutOfRange(error: Error): Promise<void> };

/**
 * If the messages after the committed offset are gone, kafkajs silently commits the earliest offset and continues. With this
 * patch the consumer ends, and the next start decides where to continue.
 */
function keepOffsetsAsTheyAre(): void {
  const { prototype } = load('kafkajs/src/consumer/consumerGroup') as { prototype: ConsumerGroup & { isMended?: true } };
  if (!isFirst(prototype)) return;
  prototype.recoverFromOffsetOutOfRange = (error) => Promise.reject(error);
}

type Crash = (error: Error) => Promise<void>;
type Emitter = { emit(name: string, payload: object): void };
type Runner = { onCrash: Crash; instrumentationEmitter: Emitter; consumerGroup: { groupId: string } };

const onCrash = Symbol('onCrash');

/**
 * kafkajs closes the connections of a crashed consumer before it reports the crash, without awaiting either. If closing fails,
 * the process would end with an unhandled rejection. With this patch the crash is reported anyway.
 */
function reportFailedCrashes(): void {
  const { prototype } = load('kafkajs/src/consumer/runner') as { prototype: Runner & { isMended?: true } };
  if (!isFirst(prototype)) return;
  Object.defineProperty(prototype, 'onCrash', {
    set(this: Runner & { [onCrash]: Crash }, handle: Crash) {
      this[onCrash] = async (error) => {
        try {
          await handle(error);
        } catch {
          const { instrumentationEmitter, consumerGroup } = this;
          instrumentationEmitter.emit('consumer.crash', { error, groupId: consumerGroup.groupId, restart: false });
        }
      };
    },
    get(this: { [onCrash]: Crash }) {
      return this[onCrash];
    },
  });
}
