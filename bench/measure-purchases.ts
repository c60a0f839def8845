import { setInterval } from 'node:timers/promises';
import type { Bench, Stage } from './bench-platform.ts';
import { startServices } from './bench-platform.ts';
import type { Spread } from './pick.ts';
import { type CpuTimes, cpuBetween, readCpu } from './read-cpu.ts';
import { acceptedOf, type LoadResult, type LoadSpec, type Percentiles, runLoad } from './run-load.ts';
import { untilDecided } from './until-decided.ts';

/** A variant of the services, to compare with others. */
export type Variant = {
  name: string;
  programs?: Record<'product' | 'payment', readonly string[]>;
  settings?: NodeJS.ProcessEnv;
  /** Reads `/metrics` of each service this often (default: never). */
  metricsEveryMs?: number;
};

export type PurchaseLoad = {
  connections: number;
  seconds: number;
  warmUpSeconds: number;
  ratePerS?: number;
  wallets?: Spread;
  products?: Spread;
  /** Number of purchases instead of seconds, each of another user. */
  amount?: number;
  /** Buys carts, which `prepare` fills. */
  isCheckout?: boolean;
  /** Called after the warm-up. */
  prepare?(): Promise<void>;
};

export type PurchaseFigures = {
  variant: string;
  connections: number;
  accepted: number;
  /** Milliseconds from the first request to the last decision. */
  decidedPerS: number;
  statuses: LoadResult['statuses'];
  failures: number;
  postMs: Percentiles;
  /** Latency from request to decision, as a client with `Prefer: wait` sees it. Measured with a rate only. */
  decidedMs?: Percentiles;
  /** Processor time per purchase, by process. */
  cpuUs: CpuTimes;
};

const PROBES = { connections: 4, waitS: 10, ratePerS: 20 } as const;

/** Starts the services, warms them up, runs the load, and waits until every purchase is decided. */
export async function measurePurchases(
  bench: Bench,
  stage: Stage,
  { variant, load }: { variant: Variant; load: PurchaseLoad },
): Promise<PurchaseFigures> {
  const running = await startServices(bench, stage, variant);
  const monitoring = monitor([running.productUrl, running.paymentUrl], variant.metricsEveryMs);
  try {
    const spec: LoadSpec = {
      url: running.productUrl,
      connections: load.connections,
      seconds: load.seconds,
      dataPath: stage.dataPath,
      wallets: load.wallets ?? 'uniform',
      products: load.products ?? 'uniform',
    };
    const measured = {
      ...(load.amount === undefined ? {} : { amount: load.amount }),
      ...(load.isCheckout === undefined ? {} : { isCheckout: load.isCheckout }),
    };
    await runLoad({ ...spec, seconds: load.warmUpSeconds });
    await untilDecided(stage.product);
    await load.prepare?.();
    const paced = load.ratePerS === undefined ? {} : { ratePerS: load.ratePerS };
    const before = readCpu(running.pids);
    const [result, probes] = await Promise.all([
      runLoad({ ...spec, ...measured, ...paced }),
      load.ratePerS === undefined ? undefined : runLoad({ ...spec, ...PROBES }),
    ]);
    const decidedAt = await untilDecided(stage.product);
    const cpu = { ...cpuBetween(before, readCpu(running.pids)), ...result.cpu };
    const accepted = acceptedOf(result) + (probes === undefined ? 0 : acceptedOf(probes));
    return {
      variant: variant.name,
      connections: load.connections,
      accepted,
      decidedPerS: (accepted * 1_000) / (decidedAt - result.startedAt),
      statuses: result.statuses,
      failures: result.failures,
      postMs: result.latencyMs,
      ...(probes === undefined ? {} : { decidedMs: probes.latencyMs }),
      cpuUs: Object.fromEntries(Object.entries(cpu).map(([name, ms]) => [name, (ms * 1_000) / accepted])),
    };
  } finally {
    await Promise.all([monitoring.stop(), running.stop()]);
  }
}

type Monitoring = {
  /** Throws if metrics could not be read. */
  stop(): Promise<void>;
};

function monitor(urls: readonly string[], everyMs: number | undefined): Monitoring {
  if (everyMs === undefined) return { async stop() {} };
  const stopped = new AbortController();
  const { signal } = stopped;
  const readAgain = async (url: string): Promise<void> => {
    for await (const _ of setInterval(everyMs, undefined, { signal })) await (await fetch(`${url}/metrics`, { signal })).text();
  };
  const ended = Promise.allSettled(urls.map(readAgain));
  return {
    async stop() {
      stopped.abort();
      for (const result of await ended)
        if (result.status === 'rejected' && !(result.reason instanceof Error && result.reason.name === 'AbortError'))
          throw result.reason;
    },
  };
}
