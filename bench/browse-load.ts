import autocannon from 'autocannon';
import { createPicker } from './pick.ts';

export type BrowseSpec = {
  url: string;
  connections: number;
  seconds: number;
  /** Requests per second of all connections together (default: unlimited). */
  ratePerS?: number;
  requests: readonly { path: string; token?: string }[];
};

export type BrowseResult = { perS: number; p50Ms: number; p99Ms: number; failures: number };

process.on('message', (spec: BrowseSpec) => {
  void generate(spec).then((result) => process.send?.(result));
});

async function generate({ url, connections, seconds, ratePerS, requests }: BrowseSpec): Promise<BrowseResult> {
  const pick = createPicker(requests, 'uniform');
  const tookMs: number[] = [];
  let failures = 0;
  const startedAt = Date.now();
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    timeout: 30,
    setupClient: (client) => {
      client.on('response', (status, _bytes, responseMs) => {
        if (status === 200) tookMs.push(responseMs);
        else failures++;
      });
    },
    ...(ratePerS === undefined ? {} : { overallRate: ratePerS }),
    requests: [
      {
        method: 'GET',
        setupRequest: (request) => {
          const { path, token } = pick();
          return { ...request, path, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } };
        },
      },
    ],
  });
  const sorted = Float64Array.from(tookMs).sort();
  const at = (share: number): number => Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? 0) * 100) / 100;
  const tookS = (Date.now() - startedAt) / 1_000;
  return { perS: tookMs.length / tookS, p50Ms: at(0.5), p99Ms: at(0.99), failures: failures + result.errors };
}
