import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);
/** Longer than any broker asks a client to wait. */
const MAX_THROTTLE_MS = 60_000;

/**
 * kafkajs 2.2.4 measures time by the wall clock. After that was set back, a consumer sent no heartbeat until the clock had caught up,
 * so that the broker gave its partitions to another while it went on with them; and no request timed out. After it was set ahead, all
 * requests under way timed out at once. Mended once per process.
 */
export function mendKafkajsClock(): void {
  beatAlsoAfterTheClockWentBack();
  timeOutBySteadyTime();
}

/** Marks a prototype, so that a second client mends nothing twice. */
function isFirst(prototype: { keepsTime?: true }): boolean {
  if (prototype.keepsTime) return false;
  prototype.keepsTime = true;
  return true;
}

type ConsumerGroup = { lastRequest: number; heartbeat(options: { interval: number }): Promise<void> };

/** A last heartbeat that lies ahead was sent before the clock went back: the next one is due. */
function beatAlsoAfterTheClockWentBack(): void {
  const { prototype } = load('kafkajs/src/consumer/consumerGroup') as { prototype: ConsumerGroup & { keepsTime?: true } };
  if (!isFirst(prototype)) return;
  const beat = prototype.heartbeat;
  prototype.heartbeat = function (this: ConsumerGroup, options) {
    if (this.lastRequest > Date.now()) this.lastRequest = 0;
    return beat.call(this, options);
  };
}

type Request = { requestTimeout: number; timeoutRequest(): void };
type RequestQueue = {
  enforceRequestTimeout: boolean;
  requestTimeout: number;
  requestTimeoutIntervalId?: NodeJS.Timeout;
  inflight: Map<number, Request>;
  throttledUntil: number;
  isConnected(): boolean;
  destroy(): void;
  scheduleRequestTimeoutCheck(): void;
};

const LOOK_EVERY_MS = 100;

/** Counts from the first look at a request, a tenth of a second after it was sent. */
function timeOutBySteadyTime(): void {
  const { prototype } = load('kafkajs/src/network/requestQueue') as { prototype: RequestQueue & { keepsTime?: true } };
  if (!isFirst(prototype)) return;
  const firstSeen = new WeakMap<Request, number>();
  prototype.scheduleRequestTimeoutCheck = function (this: RequestQueue) {
    if (!this.enforceRequestTimeout) return;
    this.destroy();
    const look = (): void => {
      const now = performance.now();
      for (const request of [...this.inflight.values()]) {
        const since = firstSeen.get(request) ?? now;
        firstSeen.set(request, since);
        if (now - since > request.requestTimeout) request.timeoutRequest();
      }
      // A wait that the broker asked for by a clock that was ahead.
      if (this.throttledUntil > Date.now() + MAX_THROTTLE_MS) this.throttledUntil = -1;
      if (!this.isConnected()) this.destroy();
    };
    this.requestTimeoutIntervalId = setInterval(look, Math.min(this.requestTimeout, LOOK_EVERY_MS));
  };
}
