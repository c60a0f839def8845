import { operationsOf, sigkillsOf } from './counters.ts';
import type { ChaosRun } from './run-chaos.ts';

const MAX_FINDINGS = 10;

/** The run as a table, and what it found. */
export function printRun(proof: ChaosRun, command: string): string {
  const { counters, checked, findings, story } = proof;
  const byKind = new Map<string, Map<string, number>>();
  for (const { kind, point } of counters.faults) {
    const points = byKind.get(kind) ?? new Map<string, number>();
    byKind.set(kind, points.set(point, (points.get(point) ?? 0) + 1));
  }
  const faults = [...byKind].flatMap(([kind, points]) => [
    row(
      kind,
      [...points.values()].reduce((sum, count) => sum + count, 0),
    ),
    ...[...points].sort(([a], [b]) => (a < b ? -1 : 1)).map(([point, count]) => row(`  ${point}`, count)),
  ]);
  const lines = [
    `Seed ${proof.seed}, ${clock(proof.durationMs / 1000)} under load and faults, ${proof.rounds} times brought to rest and checked`,
    '',
    'Faults',
    ...faults,
    row('messages delivered twice', proof.copies['copy'] ?? 0),
    row('requests asked again', proof.copies['reissue'] ?? 0),
    row('SIGKILLs in all', sigkillsOf(counters)),
    '',
    'Operations',
    ...Object.entries(counters.operations).map(([kind, count]) => row(kind, count)),
    row('in all', operationsOf(counters)),
    '',
    'PurchaseHistory',
    ...Object.entries(counters.answers).map(([outcome, count]) => row(outcome, count)),
    ...counters.errors500.slice(0, 5).map((line) => `  ${line}`),
    '',
    'Checked at the end',
    ...checked.map(({ what, count }) => row(what, count)),
    '',
  ];
  if (findings.length === 0) return [...lines, '0 violations'].join('\n');
  return [
    ...lines,
    `${findings.length} violations, the first of them:`,
    ...findings.slice(0, MAX_FINDINGS).map(({ check, subject, detail }) => `  ${check} | ${subject} | ${detail}`),
    '',
    ...story,
    '',
    `Run it again: ${command}`,
  ].join('\n');
}

function row(name: string, count: number): string {
  return `  ${name.padEnd(44)} ${String(count).padStart(10)}`;
}

/** One line of where the run is. */
export function progressLine({ counters, findings }: Pick<ChaosRun, 'counters' | 'findings'>, durationMs: number): string {
  const seconds = Math.floor((Date.now() - counters.startedAt) / 1000);
  const lately = counters.perSecond.slice(seconds - 5, seconds).reduce((sum, count) => sum + (count ?? 0), 0) / 5;
  const count = (kind: string): number => counters.faults.filter((one) => one.kind === kind).length;
  return [
    `${clock(seconds)} of ${clock(durationMs / 1000)}`,
    `${operationsOf(counters)} operations (${lately.toFixed(0)}/s)`,
    `${sigkillsOf(counters)} SIGKILLs (${count('crash')} at points)`,
    `${count('stop')} stops, ${count('network')} network, ${count('duplicate')} duplicate, ${count('poison')} poison, ${count('clock')} clock`,
    `${findings.length} violations`,
  ].join(' | ');
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
