import { setTimeout as sleep } from 'node:timers/promises';
import { openKafkajs } from '@florin/kafka';
import kafkajs from 'kafkajs';
import { serviceNames } from '../../ops/platform/service-names.ts';
import type { Finding } from './finding.ts';
import type { Checker } from './open-checker.ts';
import type { Platform } from './start-platform.ts';

type Options = {
  platform: Platform;
  checker: Checker;
  /** Milliseconds without progress after which pending work counts as stuck. */
  stuckAfterMs: number;
  /** Maximum milliseconds to wait. */
  timeoutMs: number;
};

const READY_TIMEOUT_MS = 120_000;
const AT_REST_TWICE_MS = 250;
const groups = ['florin.product', 'florin.payment', 'florin.auth', 'prove'];

/** Waits until the outboxes are empty, all events consumed and all purchases decided. Returns the stuck work. */
export async function waitUntilIdle({
  platform,
  checker,
  stuckAfterMs,
  timeoutMs,
}: Options): Promise<{ isReady: boolean; stuck: Finding[] }> {
  try {
    await platform.ready(READY_TIMEOUT_MS);
  } catch (error) {
    const detail = (error as Error).message;
    return {
      isReady: false,
      stuck: [{ check: 'the platform is ready after the faults', subject: 'platform', detail }],
    };
  }
  const kafka = openKafkajs({
    brokers: platform.kafkaBrokers,
    security: platform.kafkaSecurity,
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  try {
    const deadline = Date.now() + timeoutMs;
    let last = '';
    let movedAt = Date.now();
    let restedSince: number | undefined;
    for (;;) {
      const open = [...(await openInDatabases(checker)), ...(await laggingOrAway(admin, platform.kafkaPrefix))];
      const picture = JSON.stringify(open);
      if (picture !== last) movedAt = Date.now();
      last = picture;
      if (open.length > 0) restedSince = undefined;
      else if (restedSince === undefined) restedSince = Date.now();
      else if (Date.now() - restedSince >= AT_REST_TWICE_MS) return { isReady: true, stuck: [] };
      if (Date.now() - movedAt > stuckAfterMs || Date.now() > deadline) return { isReady: true, stuck: open.map(stuck) };
      await sleep(100);
    }
  } finally {
    await admin.disconnect();
  }
}

type Open = { subject: string; detail: string };

function stuck(open: Open): Finding {
  return { check: 'the platform becomes idle after the faults', ...open };
}

const openQueries = [
  ...serviceNames.map(
    (service) =>
      `SELECT 'outbox of ${service}' AS subject, CONCAT(type, ' ', HEX(event_id)) AS detail FROM {${service}}.outbox ORDER BY id LIMIT 5`,
  ),
  ...serviceNames.map(
    (
      service,
    ) => `SELECT 'parked events of ${service}' AS subject, CONCAT(type, ' ', HEX(event_id), ' ', COALESCE(reason, 'waits')) AS detail
     FROM {${service}}.parked_outbox ORDER BY id LIMIT 5`,
  ),
  `SELECT LOWER(HEX(id)) AS subject, CONCAT('purchase ', status, ', refund ', refund) AS detail FROM {product}.purchases
    WHERE status = 'requested' ORDER BY id LIMIT 5`,
  `SELECT LOWER(HEX(id)) AS subject, CONCAT('purchase ', status, ', refund ', refund) AS detail FROM {product}.purchases
    WHERE status = 'cancelled' AND refund = 'pending' ORDER BY id LIMIT 5`,
  `SELECT LOWER(HEX(purchase_id)) AS subject, CONCAT('refund of ', amount_minor, ', ', status) AS detail FROM {product}.refunds
    WHERE status = 'pending' ORDER BY id LIMIT 5`,
  `SELECT LOWER(HEX(id)) AS subject, CONCAT('top-up of ', amount_minor, ', ', status) AS detail FROM {payment}.top_ups
    WHERE status = 'pending' ORDER BY id LIMIT 5`,
  // Includes holds that expire within 10 s: they would change during the checks.
  `SELECT LOWER(HEX(id)) AS subject, 'hold not released' AS detail FROM {payment}.holds
    WHERE status = 'held' AND expires_at < UTC_TIMESTAMP(3) + INTERVAL 10 SECOND ORDER BY id LIMIT 5`,
  `SELECT CONCAT('dead letters of ', consumer) AS subject, CONCAT(status, ' ', topic, ' ', message_offset) AS detail
     FROM {product}.dead_letters ORDER BY arrival LIMIT 5`,
  `SELECT CONCAT('dead letters of ', consumer) AS subject, CONCAT(status, ' ', topic, ' ', message_offset) AS detail
     FROM {payment}.dead_letters ORDER BY arrival LIMIT 5`,
];

async function openInDatabases(checker: Checker): Promise<Open[]> {
  const open: Open[] = [];
  for (const query of openQueries) open.push(...(await checker.rows<Open>(query)));
  return open.map(({ subject, detail }) => ({ subject: dashed(subject), detail }));
}

/** A broker that has just restarted does not know the offsets of its groups for a moment. */
async function laggingOrAway(admin: kafkajs.Admin, prefix: string): Promise<Open[]> {
  try {
    return await lagging(admin, prefix);
  } catch (error) {
    return [{ subject: 'Kafka', detail: (error as Error).message }];
  }
}

/** Lists the partitions with unconsumed messages, of topics that the group has consumed from. */
async function lagging(admin: kafkajs.Admin, prefix: string): Promise<Open[]> {
  const open: Open[] = [];
  for (const group of groups) {
    for (const { topic, partitions } of await admin.fetchOffsets({ groupId: prefix + group })) {
      if (partitions.every(({ offset }) => offset === '-1')) continue;
      const ends = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]));
      for (const { partition, offset } of partitions) {
        const lag = (ends.get(partition) ?? 0) - Math.max(0, Number(offset));
        if (lag > 0)
          open.push({ subject: `${group} at ${topic}/${partition}`, detail: `${lag} messages not consumed, from ${offset} on` });
      }
    }
  }
  return open;
}

/** Formats a purchase's id as the API does. */
function dashed(subject: string): string {
  return subject.replace(/^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/, '$1-$2-$3-$4-$5');
}
