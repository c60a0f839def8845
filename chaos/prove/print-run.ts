import type { ChaosRun } from './chaos-run.ts';
import { operationsOf, sigkillsOf } from './counters.ts';

const MAX_FINDINGS = 10;

/** Formats the counters and violations of a run as text. */
export function printRun(run: ChaosRun, command: string): string {
  const { counters, checked, findings, story } = run;
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
    `Seed ${run.seed}, ${clock(run.durationMs / 1000)} under load and faults, ${run.rounds} checks`,
    '',
    'Faults',
    ...faults,
    row('messages delivered twice', run.copies['copy'] ?? 0),
    row('requests reissued', run.copies['reissue'] ?? 0),
    row('SIGKILLs, total', sigkillsOf(counters)),
    '',
    'Operations',
    ...Object.entries(counters.operations).map(([kind, count]) => row(kind, count)),
    row('total', operationsOf(counters)),
    '',
    'Purchase answers',
    ...Object.entries(counters.answers).map(([outcome, count]) => row(outcome, count)),
    ...counters.errors500.slice(0, 5).map((line) => `  ${line}`),
    '',
    'Checked',
    ...checked.map(({ what, count }) => row(what, count)),
    '',
  ];
  if (findings.length === 0) return [...lines, '0 violations'].join('\n');
  return [
    ...lines,
    `${findings.length} violations. The first:`,
    ...findings.slice(0, MAX_FINDINGS).map(({ check, subject, detail }) => `  ${check} | ${subject} | ${detail}`),
    '',
    ...story,
    '',
    `Repeat with: ${command}`,
  ].join('\n');
}

function row(name: string, count: number): string {
  return `  ${name.padEnd(44)} ${String(count).padStart(10)}`;
}

/** Formats the progress of a run as one line. */
export function progressLine({ counters, findings }: Pick<ChaosRun, 'counters' | 'findings'>, durationMs: number): string {
  const seconds = Math.floor((Date.now() - counters.startedAt) / 1000);
  const lately = counters.perSecond.slice(seconds - 5, seconds).reduce((sum, count) => sum + (count ?? 0), 0) / 5;
  const count = (kind: string): number => counters.faults.filter((one) => one.kind === kind).length;
  return [
    `${clock(seconds)} of ${clock(durationMs / 1000)}`,
    `${operationsOf(counters)} operations (${lately.toFixed(0)}/s)`,
    `${sigkillsOf(counters)} SIGKILLs (${count('crash')} at failpoints)`,
    `${count('stop')} stops, ${count('network')} network, ${count('duplicate')} duplicate, ${count('poison')} poison, ${count('clock')} clock, ${count('switch')} switches`,
    `${findings.length} violations`,
  ].join(' | ');
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
