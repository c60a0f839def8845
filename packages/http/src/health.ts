import { Degraded, type HealthCheck } from '@florin/runtime';
import type { RequestHandler } from 'express';
import { createRouter, mountPath } from './mount-path.ts';

const CHECK_TIMEOUT_MS = 2_000;

type CheckResult = { status: 'ok' | 'degraded' | 'unavailable'; text: string };

/**
 * `/health/live` answers 200 while the process responds. `/health/ready` answers 503 `unavailable` if this instance cannot
 * serve, and otherwise 200: `ok`, or `degraded` with reasons.
 */
export function healthRoutes(readiness: Readonly<Record<string, HealthCheck>>): RequestHandler {
  const live: RequestHandler = (_request, response) => {
    response.json({ status: 'ok' });
  };
  const ready: RequestHandler = async (_request, response) => {
    const { status, reasons, checks } = await readHealth(readiness);
    response.status(status === 'unavailable' ? 503 : 200).json({ status, ...(reasons.length > 0 && { reasons }), checks });
  };
  const router = createRouter();
  mountPath(router, '/health/live', { get: [live] });
  mountPath(router, '/health/ready', { get: [ready] });
  return router;
}

export type Health = {
  status: CheckResult['status'];
  /** The checks that are not `ok`, with their reasons. */
  reasons: string[];
  /** The text of each check: `ok` or the reason. */
  checks: Readonly<Record<string, string>>;
};

/** Runs all checks at the same time, each with a time limit. */
export async function readHealth(readiness: Readonly<Record<string, HealthCheck>>): Promise<Health> {
  const results = await runChecks(readiness);
  return {
    status: worstOf(results.map(([, result]) => result.status)),
    reasons: results.filter(([, result]) => result.status !== 'ok').map(([name, { text }]) => `${name}: ${text}`),
    checks: Object.fromEntries(results.map(([name, { text }]) => [name, text])),
  };
}

function worstOf(statuses: readonly CheckResult['status'][]): CheckResult['status'] {
  return (['unavailable', 'degraded'] as const).find((status) => statuses.includes(status)) ?? 'ok';
}

function runChecks(readiness: Readonly<Record<string, HealthCheck>>): Promise<(readonly [string, CheckResult])[]> {
  return Promise.all(Object.entries(readiness).map(async ([name, check]) => [name, await resultOf(check)] as const));
}

async function resultOf(check: HealthCheck): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<CheckResult>((resolve) => {
    timer = setTimeout(resolve, CHECK_TIMEOUT_MS, { status: 'unavailable', text: `no answer within ${CHECK_TIMEOUT_MS} ms` });
  });
  const checked = (async (): Promise<CheckResult> => {
    try {
      await check();
      return { status: 'ok', text: 'ok' };
    } catch (error) {
      const text = error instanceof Error ? error.message || error.name : String(error);
      return { status: error instanceof Degraded ? 'degraded' : 'unavailable', text };
    }
  })();
  return Promise.race([checked, tooLate]).finally(() => clearTimeout(timer));
}
