import { type ClockWatch, Degraded, type HealthCheck, sleep } from '@florin/runtime';
import type { Backlog } from './backlog.ts';
import type { Broker } from './broker.ts';
import type { Consumer } from './consumer.ts';

/** Less than the time that a health check may take. */
const ANSWER_WITHIN_MS = 1_500;
/** After an outage all instances join their group again, with pauses of some seconds. */
const JOIN_WITHIN_MS = 60_000;

type Parts = {
  broker: Pick<Broker, 'check'>;
  consumer: Pick<Consumer, 'check' | 'checkConsuming' | 'hasStopped' | 'lacksKey' | 'paused'>;
  backlog: Pick<Backlog, 'check' | 'drainedAt'>;
  clocks?: Pick<ClockWatch, 'check'> | undefined;
  hasSubscriptions: boolean;
  hasJoined(): boolean;
  /** When this instance last published events, by `performance.now()`; undefined before the first time. */
  publishedAt(): number | undefined;
};

/**
 * Creates the checks of messaging for `/health/ready`. A check throws Degraded for a cause that all instances share: Kafka is away,
 * events are delayed, a partition is blocked, a switch pauses the consumer. A load balancer would otherwise take all of them out at
 * once. A check throws another error for a fault of this instance: its consumer has ended or does not get into its group, it lacks
 * a key, or it cannot reach Kafka while other instances publish.
 */
export function createReadinessChecks(parts: Parts): Readonly<Record<string, HealthCheck>> {
  const { broker, consumer, backlog, clocks } = parts;
  let unreachableSince: number | undefined;
  let outsideSince: number | undefined;

  const findKafkaFault = async (): Promise<string | undefined> => {
    const fault = await faultWithin(broker);
    unreachableSince = fault === undefined ? undefined : (unreachableSince ?? performance.now());
    return fault;
  };
  const doOthersPublish = (since: number): boolean => (backlog.drainedAt() ?? 0) > since && (parts.publishedAt() ?? 0) < since;

  return {
    backlog: backlog.check,
    async kafka() {
      const fault = await findKafkaFault();
      if (fault === undefined) return clocks?.check('broker');
      if (unreachableSince !== undefined && doOthersPublish(unreachableSince))
        throw new Error(`this instance cannot reach Kafka, and others publish: ${fault}`);
      throw new Degraded(`Kafka does not answer: ${fault}`);
    },
    async consumer() {
      if (parts.hasSubscriptions && !parts.hasJoined()) throw new Error('not subscribed yet');
      try {
        consumer.checkConsuming();
        outsideSince = undefined;
      } catch (error) {
        if (consumer.hasStopped() || consumer.lacksKey()) throw error;
        if ((await findKafkaFault()) === undefined) {
          outsideSince ??= performance.now();
          if (performance.now() - outsideSince > JOIN_WITHIN_MS) throw error;
        } else outsideSince = undefined;
        throw new Degraded((error as Error).message);
      }
      const paused = consumer.paused();
      if (paused.length > 0) throw new Degraded(`paused by a switch: ${paused.join(', ')}`);
      degradeIfBlocked(consumer);
    },
  };
}

/** A frozen broker neither answers nor refuses. */
async function faultWithin(broker: Parts['broker']): Promise<string | undefined> {
  const answered = new AbortController();
  const asked = broker.check().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const late = sleep(ANSWER_WITHIN_MS, answered.signal).then(() => `no answer within ${ANSWER_WITHIN_MS} ms`);
  return Promise.race([asked, late]).finally(() => answered.abort());
}

/** A blocked partition would be blocked in another instance too. */
function degradeIfBlocked(consumer: Parts['consumer']): void {
  try {
    consumer.check();
  } catch (error) {
    throw new Degraded((error as Error).message);
  }
}
