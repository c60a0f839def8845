import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '../../ops/platform/service-names.ts';
import type { Request } from './call.ts';
import type { Finding } from './finding.ts';

export type AdminAct = { action: string; subject: string };

type Instance = { name: string; service: ServiceName; url: string };

/** The status that an instance answers a token with; undefined where none came. */
export type Ask = (url: string, path: string, token: string) => Promise<number | undefined>;

export type Tokens = ReturnType<typeof createTokens>;

const MOST_KEPT = 200;
const AT_ONCE = 40;
/** At rest Kafka has just come back, perhaps, and whoever follows the revocations tries again every few seconds. */
const FOLLOWED_WITHIN_MS = 20_000;

const paths: Partial<Record<ServiceName, string>> = {
  auth: '/v1/users/me',
  product: '/v1/purchases?limit=1',
  payment: '/v1/payments?limit=1',
};

/**
 * What was done to access tokens. One that nobody revoked is never refused, at any moment; one that was is refused by every
 * instance when all has come to rest, also by those that were started since.
 */
export function createTokens(ask: Ask = askOverHttp, followedWithinMs = FOLLOWED_WITHIN_MS) {
  const lies: Finding[] = [];
  const doubtful = new Set<string>();
  const ended = new Map<string, string>();
  const kept = new Set<string>();
  const adminActs: AdminAct[] = [];

  const checkOne = async (
    instance: Instance,
    token: string,
    wanted: (status: number) => boolean,
  ): Promise<number | undefined> => {
    const deadline = Date.now() + followedWithinMs;
    for (;;) {
      const status = await ask(instance.url, paths[instance.service] ?? `/v1/${instance.service}/audit-log?limit=1`, token);
      if ((status !== undefined && wanted(status)) || Date.now() > deadline) return status;
      await sleep(250);
    }
  };

  return {
    lies,
    /** Before the request that will end it is sent: from now on it may be refused. */
    ending: (token: string): void => void doubtful.add(token),
    /** The answer said so. */
    ended(token: string, how: string): void {
      ended.set(token, how);
      forgetOldest(ended);
    },
    /** It is good, and nobody will end it. */
    kept(token: string): void {
      kept.add(token);
      forgetOldest(kept);
    },
    adminDid: (act: AdminAct): void => void adminActs.push(act),
    /** Every answer to every request of everybody. */
    sawAnswer(outcome: string, { token, method, path }: Pick<Request, 'token' | 'method' | 'path'>): void {
      if (outcome !== '401' || token === undefined || doubtful.has(token) || isOver(token)) return;
      lies.push({
        check: 'a token that nobody revoked is good',
        subject: `${method} ${path}`,
        detail: `it was refused: ${nameOf(token)}`,
      });
    },
    counts: () => ({ ended: ended.size, kept: kept.size, adminActs: adminActs.length }),
    /** While nothing moves. */
    async check(instances: readonly Instance[]): Promise<Finding[]> {
      const findings = [...lies];
      const looks = instances.flatMap((instance) => [
        ...[...ended].map(([token, how]) => ({ instance, token, how })),
        ...[...kept].filter((token) => !isOver(token)).map((token) => ({ instance, token, how: undefined })),
      ]);
      for (let start = 0; start < looks.length; start += AT_ONCE) {
        await Promise.all(
          looks.slice(start, start + AT_ONCE).map(async ({ instance, token, how }) => {
            const isWanted = (status: number): boolean => (how === undefined ? status === 200 : status === 401);
            const status = await checkOne(instance, token, isWanted);
            if (status !== undefined && isWanted(status)) return;
            const check =
              how === undefined ? 'a token that nobody revoked is good' : 'a revoked token is refused by every instance';
            findings.push({
              check,
              subject: instance.name,
              detail: `${how ?? 'kept'}: answered ${status ?? 'nothing'} to ${nameOf(token)}`,
            });
          }),
        );
      }
      return findings;
    },
    /** Each thing that an admin was told is done stands in the audit log, once. */
    checkAuditLog(rows: readonly AdminAct[]): Finding[] {
      const counts = new Map<string, number>();
      for (const { action, subject } of rows) counts.set(`${action} ${subject}`, (counts.get(`${action} ${subject}`) ?? 0) + 1);
      return adminActs.flatMap(({ action, subject }) => {
        const count = counts.get(`${action} ${subject}`) ?? 0;
        return count === 1
          ? []
          : [{ check: 'what an admin did is in the audit log', subject, detail: `${action}: ${count} times` }];
      });
    },
  };
}

function forgetOldest(tokens: Map<string, string> | Set<string>): void {
  const [oldest] = tokens.keys();
  if (tokens.size > MOST_KEPT && oldest !== undefined) tokens.delete(oldest);
}

function isOver(token: string): boolean {
  return claimsOf(token).exp * 1000 < Date.now();
}

/** Enough to find it in the databases and logs. */
function nameOf(token: string): string {
  const { sub, sid, iat } = claimsOf(token);
  return `the token of user ${sub}, session ${sid}, issued at ${iat}`;
}

function claimsOf(token: string): { sub: string; sid: string; iat: number; exp: number } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as ReturnType<typeof claimsOf>;
}

async function askOverHttp(url: string, path: string, token: string): Promise<number | undefined> {
  try {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(url + path, { headers, signal: AbortSignal.timeout(4_000) });
    await response.text();
    return response.status;
  } catch {
    return undefined;
  }
}
