import { createRequire } from 'node:module';
import { mendKafkajsClock } from './mend-kafkajs-clock.ts';

const load = createRequire(import.meta.url);

/** Mends what kafkajs 2.2.4 does wrong, once per process, before its first client is made. */
export function mendKafkajs(): void {
  stopIdleBusyLoop();
  keepOffsetsAsTheyAre();
  reportFailedCrashes();
  mendKafkajsClock();
}

/** Marks a prototype, so that a second client mends nothing twice. */
function isFirst(prototype: { isMended?: true }): boolean {
  if (prototype.isMended) return false;
  prototype.isMended = true;
  return true;
}

type RequestQueue = { pending: unknown[]; throttledUntil: number; scheduleCheckPendingRequests(): void };

/**
 * kafkajs sets a timer for requests that wait in its queue even when none does: 2,744 wake-ups a second when idle, and a
 * TimeoutNegativeWarning on newer Node. With nothing pending and no throttling there is nothing to schedule.
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
 * Where the messages to go on from are gone, kafkajs commits "the earliest" over the group's offset and goes on without a word. The
 * consumer ends instead, and whoever starts it again decides where it begins.
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
 * kafkajs closes a crashed consumer's connections before it reports the crash, and waits for neither: where closing them fails, the
 * process would end with an unhandled rejection. Then the crash is reported all the same.
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
