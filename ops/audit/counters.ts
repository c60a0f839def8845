import { allChecks } from './all-checks.ts';
import type { AuditFinding, CheckResult } from './audit-report.ts';

/** Counts the rows and findings of one check. */
export type CheckCounters = {
  countRows(rows: number): void;
  report(subject: string, detail: string): void;
  end(): void;
};

export type Counters = {
  /** True if the check is selected. */
  wants(check: string): boolean;
  /** @param things plural noun for its rows, for the summary */
  open(check: string, service: string, things?: string): CheckCounters;
  tell(line: string): void;
  results(): { checks: CheckResult[]; findings: AuditFinding[]; things: ReadonlyMap<string, number> };
};

type Options = { only?: readonly string[] | undefined; onProgress: (line: string) => void };

const MOST_FINDINGS = 100;
const PROGRESS_EVERY_MS = 1_000;

/** Counts rows and findings, keeps the first findings of each check, and prints progress once a second. */
export function createCounters({ only, onProgress }: Options): Counters {
  const parts: CheckResult[] = [];
  const kept = new Map<string, AuditFinding[]>();
  const things = new Map<string, number>();
  let toldAt = Date.now();
  return {
    tell: onProgress,
    wants: (check) => only === undefined || only.includes(check),
    open(name, service, thing) {
      const startedAt = Date.now();
      const result: CheckResult = { name, service, rows: 0, findings: 0, durationMs: 0 };
      const findings = kept.get(name) ?? [];
      kept.set(name, findings);
      return {
        countRows(rows) {
          result.rows += rows;
          const now = Date.now();
          if (now - toldAt < PROGRESS_EVERY_MS) return;
          toldAt = now;
          onProgress(`${service} ${name}: ${count(result.rows)} rows, ${rate(result.rows, now - startedAt)}/s`);
        },
        report(subject, detail) {
          result.findings += 1;
          if (findings.length < MOST_FINDINGS) findings.push({ check: name, subject, detail });
        },
        end() {
          result.durationMs = Date.now() - startedAt;
          parts.push(result);
          if (thing) things.set(thing, Math.max(things.get(thing) ?? 0, result.rows));
          const outcome = result.findings === 0 ? 'ok' : `${count(result.findings)} found`;
          onProgress(`${service} ${name}: ${count(result.rows)} rows in ${seconds(result.durationMs)} s, ${outcome}`);
        },
      };
    },
    results: () => ({ checks: inOrder(joined(parts)), findings: someOfEach([...kept.values()]), things }),
  };
}

/** Adds up the parts that a check has in one service. */
function joined(parts: readonly CheckResult[]): CheckResult[] {
  const checks = new Map<string, CheckResult>();
  for (const part of parts) {
    const key = `${part.name} ${part.service}`;
    const { rows = 0, findings = 0, durationMs = 0 } = checks.get(key) ?? {};
    const sums = { rows: rows + part.rows, findings: findings + part.findings, durationMs: durationMs + part.durationMs };
    checks.set(key, { ...part, ...sums });
  }
  return [...checks.values()];
}

function inOrder(checks: CheckResult[]): CheckResult[] {
  const order = [...allChecks.keys()];
  return checks.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name) || (a.service < b.service ? -1 : 1));
}

export function count(number: number): string {
  return number.toLocaleString('en-US');
}

export function seconds(durationMs: number): string {
  return durationMs < 10_000 ? (durationMs / 1000).toFixed(1) : (durationMs / 1000).toFixed(0);
}

function rate(rows: number, durationMs: number): string {
  return count(Math.round((rows / durationMs) * 1000));
}

/** Selects findings of all checks in turn, so that a check with thousands of them leaves room for the others. */
function someOfEach(lists: readonly (readonly AuditFinding[])[]): AuditFinding[] {
  const share = (turn: number): AuditFinding[] => lists.flatMap((list) => list.slice(turn, turn + 1));
  const chosen = new Set(
    Array.from({ length: MOST_FINDINGS }, (_, turn) => share(turn))
      .flat()
      .slice(0, MOST_FINDINGS),
  );
  return lists.flat().filter((finding) => chosen.has(finding));
}
