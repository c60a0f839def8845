import { setTimeout as sleep } from 'node:timers/promises';
import { createFlorinClient, FlorinProblem } from '@florin/client';
import { newId } from '@florin/database';
import type { Finding } from './finding.ts';
import type { Instance } from './supervise-instance.ts';

type Named = Pick<Instance, 'name' | 'service' | 'url'>;

export type SwitchCheck = {
  instances: readonly Named[];
  /** An access token. */
  token: string;
  /** Throws the switch that stops purchases, or takes it back. */
  flip(isOn: boolean): Promise<void>;
  /** Returns the code of the answer to a purchase; undefined for no answer. */
  probe?: (url: string, token: string) => Promise<string | undefined>;
  followedWithinMs?: number;
};

/** Instances read their switches once a second. */
const FOLLOWED_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 200;
const PROBE_TIMEOUT_MS = 4_000;

/** Throws the switch that stops purchases and takes it back. Every instance of the idle platform must follow. */
export async function checkSwitches(options: SwitchCheck): Promise<Finding[]> {
  const instances = options.instances.filter(({ service }) => service === 'product');
  const findings: Finding[] = [];
  try {
    await options.flip(true);
    findings.push(...(await lookAt(instances, options, { wanted: 'PURCHASES_PAUSED', what: 'thrown' })));
  } finally {
    await options.flip(false);
  }
  findings.push(...(await lookAt(instances, options, { wanted: 'PRODUCT_NOT_FOUND', what: 'taken back' })));
  return findings;
}

async function lookAt(
  instances: readonly Named[],
  { token, probe = tryToBuy, followedWithinMs = FOLLOWED_WITHIN_MS }: SwitchCheck,
  { wanted, what }: { wanted: string; what: string },
): Promise<Finding[]> {
  const findings = await Promise.all(
    instances.map(async ({ name, url }) => {
      const deadline = Date.now() + followedWithinMs;
      for (;;) {
        const code = await probe(url, token);
        if (code === wanted) return [];
        if (Date.now() > deadline)
          return [
            { check: 'every instance follows a switch', subject: name, detail: `stop-purchases ${what}: ${code ?? 'no answer'}` },
          ];
        await sleep(LOOK_EVERY_MS);
      }
    }),
  );
  return findings.flat();
}

/** Asks for a product that does not exist, so that nothing is ever bought. */
async function tryToBuy(baseUrl: string, accessToken: string): Promise<string | undefined> {
  const florin = createFlorinClient({ baseUrl, accessToken, retry: false, timeoutMs: PROBE_TIMEOUT_MS });
  try {
    const { data } = await florin.post('/v1/purchases', { body: { items: [{ productId: newId(), quantity: 1 }] } });
    return data.status;
  } catch (error) {
    return error instanceof FlorinProblem ? error.code : undefined;
  }
}
