import { delayedWorkChecks } from '@florin/invariants';
import type { CheckResult } from './audit-report.ts';
import { count, seconds } from './counters.ts';

type Audited = {
  checks: readonly CheckResult[];
  /** Number of rows by noun. */
  things: ReadonlyMap<string, number>;
  durationMs: number;
};

const order = ['entries', 'transfers', 'wallets', 'users', 'payments', 'purchases', 'products'];
const numbers = ['no services', 'one service', 'two services', 'three services', 'four services', 'five services'];

/** Formats the last line: the checked rows and the result. */
export function summarize({ checks, things, durationMs }: Audited): string {
  const services = new Set(checks.flatMap(({ service }) => service.split('+')));
  const counted = order.flatMap((thing) => (things.has(thing) ? [`${count(things.get(thing) ?? 0)} ${thing}`] : []));
  const what = counted.length > 0 ? inWords(counted) : inWords(checks.map(({ name }) => name));
  return `Checked ${what} across ${numbers[services.size] ?? `${services.size} services`} in ${seconds(durationMs)} s: ${verdict(checks)}.`;
}

function verdict(checks: readonly CheckResult[]): string {
  const failed = checks.filter(({ findings }) => findings > 0);
  const violated = failed.filter(({ name }) => !delayedWorkChecks.includes(name));
  const late = failed.filter(({ name }) => delayedWorkChecks.includes(name));
  if (failed.length === 0) return 'no violations';
  if (violated.length === 0) return `no violations, but delayed work: ${found(late)}`;
  return `VIOLATIONS: ${found(violated)}${late.length > 0 ? `; and delayed work: ${found(late)}` : ''}`;
}

function found(checks: readonly CheckResult[]): string {
  const byName = new Map<string, number>();
  for (const { name, findings } of checks) byName.set(name, (byName.get(name) ?? 0) + findings);
  return inWords([...byName].map(([name, findings]) => `${count(findings)} of ${name}`));
}

function inWords(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join();
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
