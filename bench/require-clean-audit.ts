import { runAudit } from '../ops/audit/run-audit.ts';
import type { Stage } from './bench-platform.ts';

/**
 * Requires an audit without violations: figures count only if no data was lost.
 *
 * @param only checks to run if not all services took part
 */
export async function requireCleanAudit({ databaseUrls }: Pick<Stage, 'databaseUrls'>, only?: readonly string[]): Promise<void> {
  const { ok, findings } = await runAudit({ databaseUrls, recheckMs: 500, stuckAfterMs: 0, only });
  if (ok) return;
  const first = findings.slice(0, 5).map(({ check, subject, detail }) => `${check}: ${subject}: ${detail}`);
  throw new Error(`The audit found violations, so the figures do not count:\n${first.join('\n')}`);
}
