import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);
/** Maximum throttle time: longer than any broker requests. */
const MAX_THROTTLE_MS = 60_000;

/**
 * kafkajs 2.2.4 measures durations by the wall clock. After the clock was set back, a consumer sent no heartbeats until the
 * clock had caught up, so the broker reassigned its partitions while it went on handling them, and requests did not time out.
 * After the clock was set ahead, all pending requests timed out at once. This patch uses a monotonic clock. It is applied once
 * per process.
 */
export function mendKafkajsClock(): void {
  beatAlsoAfterTheClockWentBack();
  timeOutBySteadyTime();
}

/** Marks a patched prototype, so that a second client does not patch it again. */
function isFirst(prototype: { keepsTime?: true }): boolean {
  if (prototype.keepsTime) return false;
  prototype.keepsTime = true;
  return true;
}

type ConsumerGroup = { lastRequest: number; heartbeat(options: { interval: number }): Promise<void> };

/** A last heartbeat in the future means that the clock was set back: the next heartbeat is due. */
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

/** Measures from the first check of a request, a tenth of a second after it was sent. */
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
      // A throttle deadline that was computed with a fast clock.
      if (this.throttledUntil > Date.now() + MAX_THROTTLE_MS) this.throttledUntil = -1;
      if (!this.isConnected()) this.destroy();
    };
    this.requestTimeoutIntervalId = setInterval(look, Math.min(this.requestTimeout, LOOK_EVERY_MS));
  };
}
