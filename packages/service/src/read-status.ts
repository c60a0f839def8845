import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { type Health, readHealth } from '@florin/http';
import type { HealthCheck, Metrics } from '@florin/runtime';
import { joinGauges, readGauge, readOnlyGauge } from './read-gauges.ts';
import { presentSwitch } from './switch-routes.ts';
import type { Switches } from './watch-switches.ts';

export type StatusParts = {
  readiness: Readonly<Record<string, HealthCheck>>;
  switches: Switches;
  metrics: Pick<Metrics, 'registry'>;
};

/** What one instance of a service knows of itself. A measure that was never taken is null. */
export type ServiceStatus = Health & {
  service: string;
  version: string;
  /** Host and process id of the instance that answered. */
  instance: string;
  upSeconds: number;
  outbox: { rows: number | null; oldestAgeSeconds: number | null; parkedKeys: number | null };
  consumer: { topic: string; lagMessages: number | null; lagSeconds: number | null }[];
  deadLetters: number | null;
  parkedKeys: number | null;
  clocks: { to: string; differenceSeconds: number }[];
  invariants: { invariant: string; violations: number | null; checkAgeSeconds: number | null }[];
  jobs: { job: string; lastSuccess: string | null }[];
  switches: ReturnType<typeof presentSwitch>[];
};

/** Reads the status of this instance from its checks, metrics and switches. Reads no table, so it also answers while the database is away. */
export async function readStatus(service: string, { readiness, switches, metrics }: StatusParts): Promise<ServiceStatus> {
  const invariants = { violations: 'florin_invariant_violations', checkAgeSeconds: 'florin_invariant_check_age_seconds' };
  const parked = await readGauge(metrics, 'florin_parked_keys');
  const parkedAt = (side: string): number | null => parked.find(({ labels }) => labels['side'] === side)?.value ?? null;
  return {
    service,
    version: releaseVersion,
    instance: `${hostname()}/${process.pid}`,
    upSeconds: Math.round(process.uptime()),
    ...(await readHealth(readiness)),
    outbox: {
      rows: await readOnlyGauge(metrics, 'florin_outbox_rows'),
      oldestAgeSeconds: await readOnlyGauge(metrics, 'florin_outbox_oldest_age_seconds'),
      parkedKeys: parkedAt('outbox'),
    },
    consumer: await readLags(metrics),
    deadLetters: await readOnlyGauge(metrics, 'florin_dead_letters'),
    parkedKeys: parkedAt('consumer'),
    clocks: (await readGauge(metrics, 'florin_clock_difference_seconds')).map(({ labels, value }) => ({
      to: String(labels['to']),
      differenceSeconds: value,
    })),
    invariants: (await joinGauges(metrics, 'invariant', invariants)).map(({ of: invariant, ...values }) => ({
      invariant,
      ...values,
    })),
    jobs: (await joinGauges(metrics, 'job', { at: 'florin_job_last_success_timestamp_seconds' })).map(({ of: job, at }) => ({
      job,
      lastSuccess: at === null || at === 0 ? null : new Date(at * 1000).toISOString(),
    })),
    switches: switches.list().map(presentSwitch),
  };
}

async function readLags(metrics: StatusParts['metrics']): Promise<ServiceStatus['consumer']> {
  const gauges = { lagMessages: 'florin_consumer_lag_messages', lagSeconds: 'florin_consumer_lag_seconds' };
  return (await joinGauges(metrics, 'topic', gauges)).map(({ of: topic, ...lag }) => ({ topic, ...lag }));
}

/** All packages of a release have one version. */
const releaseVersion = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
  .version;
