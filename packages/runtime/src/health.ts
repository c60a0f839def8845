import { type RequestHandler, Router } from 'express';
import { mountPath } from './mount-path.ts';

/** Resolves when the part works; what it throws is shown as the reason. */
export type HealthCheck = () => Promise<void> | void;

const CHECK_TIMEOUT_MS = 2_000;

/** `/health/live` answers while the process can answer at all; `/health/ready` says which part is missing. */
export function healthRoutes(readiness: Readonly<Record<string, HealthCheck>>): RequestHandler {
  const live: RequestHandler = (_request, response) => {
    response.json({ status: 'ok' });
  };
  const ready: RequestHandler = async (_request, response) => {
    const checks = await runChecks(readiness);
    const isReady = Object.values(checks).every((result) => result === 'ok');
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ok' : 'unavailable', checks });
  };
  const router = Router();
  mountPath(router, '/health/live', { get: [live] });
  mountPath(router, '/health/ready', { get: [ready] });
  return router;
}

async function runChecks(readiness: Readonly<Record<string, HealthCheck>>): Promise<Record<string, string>> {
  const results = Object.entries(readiness).map(async ([name, check]) => [name, await resultOf(check)] as const);
  return Object.fromEntries(await Promise.all(results));
}

async function resultOf(check: HealthCheck): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, CHECK_TIMEOUT_MS, `no answer within ${CHECK_TIMEOUT_MS} ms`);
  });
  const checked = (async () => {
    try {
      await check();
      return 'ok';
    } catch (error) {
      return error instanceof Error ? error.message || error.name : String(error);
    }
  })();
  return Promise.race([checked, tooLate]).finally(() => clearTimeout(timer));
}
