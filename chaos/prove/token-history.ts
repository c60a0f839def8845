import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '../../ops/platform/service-names.ts';
import type { Request } from './create-call.ts';
import type { Finding } from './finding.ts';

export type AdminAct = { action: string; subject: string };

type Instance = { name: string; service: ServiceName; url: string };

/** Status of an instance's answer to a token; undefined for no answer. */
export type Probe = (url: string, path: string, token: string) => Promise<number | undefined>;

export type TokenHistory = ReturnType<typeof createTokenHistory>;

const MAX_KEPT = 200;
const BATCH_SIZE = 40;
/** Kafka may just have come back, and a follower of revocations retries every few seconds. */
const FOLLOWED_WITHIN_MS = 20_000;

/** A read that needs a token, and the status of its answer to the valid token of a buyer. */
const reads: Readonly<Record<ServiceName, { path: string; status: number }>> = {
  auth: { path: '/v1/users/me', status: 200 },
  product: { path: '/v1/purchases?limit=1', status: 200 },
  payment: { path: '/v1/payments?limit=1', status: 200 },
  // All others are for everybody. This one is for admins: a valid token is not rejected, its user is.
  media: { path: '/v1/media/audit-log?limit=1', status: 403 },
};

/**
 * Records the revocation of access tokens. A token that nobody revoked is never rejected. A revoked token is rejected by every
 * instance of the idle platform, also by those that started later.
 */
export function createTokenHistory(probe: Probe = probeOverHttp, followedWithinMs = FOLLOWED_WITHIN_MS) {
  const violations: Finding[] = [];
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
      const status = await probe(instance.url, reads[instance.service].path, token);
      if ((status !== undefined && wanted(status)) || Date.now() > deadline) return status;
      await sleep(250);
    }
  };

  return {
    violations,
    /** Call it before the revoking request is sent: from then on the token may be rejected. */
    ending: (token: string): void => void doubtful.add(token),
    /** Records that an answer confirmed the revocation. */
    ended(token: string, how: string): void {
      ended.set(token, how);
      forgetOldest(ended);
    },
    /** Records a token that nobody will revoke. */
    kept(token: string): void {
      kept.add(token);
      forgetOldest(kept);
    },
    adminDid: (act: AdminAct): void => void adminActs.push(act),
    /** Records the answer to each request of every client. */
    sawAnswer(outcome: string, { token, method, path }: Pick<Request, 'token' | 'method' | 'path'>): void {
      if (outcome !== '401' || token === undefined || doubtful.has(token) || isOver(token)) return;
      violations.push({
        check: 'a valid token is accepted',
        subject: `${method} ${path}`,
        detail: `rejected: ${nameOf(token)}`,
      });
    },
    counts: () => ({ ended: ended.size, kept: kept.size, adminActs: adminActs.length }),
    /** Shows all recorded tokens to every instance of the idle platform. */
    async check(instances: readonly Instance[]): Promise<Finding[]> {
      const findings = [...violations];
      const looks = instances.flatMap((instance) => [
        ...[...ended].map(([token, how]) => ({ instance, token, how })),
        ...[...kept].filter((token) => !isOver(token)).map((token) => ({ instance, token, how: undefined })),
      ]);
      for (let start = 0; start < looks.length; start += BATCH_SIZE) {
        await Promise.all(
          looks.slice(start, start + BATCH_SIZE).map(async ({ instance, token, how }) => {
            const isWanted = (status: number): boolean => status === (how === undefined ? reads[instance.service].status : 401);
            const status = await checkOne(instance, token, isWanted);
            if (status !== undefined && isWanted(status)) return;
            const check = how === undefined ? 'a valid token is accepted' : 'every instance rejects a revoked token';
            findings.push({
              check,
              subject: instance.name,
              detail: `${how ?? 'kept'}: ${status ?? 'no answer'} for ${nameOf(token)}`,
            });
          }),
        );
      }
      return findings;
    },
    /** Checks that the audit log has each confirmed action of an admin once. */
    checkAuditLog(rows: readonly AdminAct[]): Finding[] {
      const counts = new Map<string, number>();
      for (const { action, subject } of rows) counts.set(`${action} ${subject}`, (counts.get(`${action} ${subject}`) ?? 0) + 1);
      return adminActs.flatMap(({ action, subject }) => {
        const count = counts.get(`${action} ${subject}`) ?? 0;
        return count === 1
          ? []
          : [{ check: 'the audit log has each action of an admin once', subject, detail: `${action}: ${count} times` }];
      });
    },
  };
}

function forgetOldest(tokens: Map<string, string> | Set<string>): void {
  const [oldest] = tokens.keys();
  if (tokens.size > MAX_KEPT && oldest !== undefined) tokens.delete(oldest);
}

function isOver(token: string): boolean {
  return claimsOf(token).exp * 1000 < Date.now();
}

/** Names a token without revealing it. */
function nameOf(token: string): string {
  const { sub, sid, iat } = claimsOf(token);
  return `the token of user ${sub}, session ${sid}, issued at ${iat}`;
}

function claimsOf(token: string): { sub: string; sid: string; iat: number; exp: number } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as ReturnType<typeof claimsOf>;
}

async function probeOverHttp(url: string, path: string, token: string): Promise<number | undefined> {
  try {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(url + path, { headers, signal: AbortSignal.timeout(4_000) });
    await response.text();
    return response.status;
  } catch {
    return undefined;
  }
}
