import { delayedWorkChecks, type Invariant, type Violation } from '@florin/invariants';
import { type BoundedMetric, createGauge, type Logger } from '@florin/runtime';
import { MAX_VIOLATIONS } from './find-violations.ts';

type InvariantResult = { violations: ReadonlyMap<string, Violation>; durationMs: number };

export type InvariantResults = {
  /** The rules by the name of their check; some checks have several rules. */
  rules: ReadonlyMap<string, readonly Invariant[]>;
  metrics: readonly BoundedMetric[];
  /** Called when this instance begins to check: the age of each check counts from now. */
  begin(): void;
  set(check: string, result: InvariantResult): void;
  /** Called when this instance no longer checks: another one has the results. */
  forget(): void;
};

/** Rows in one line of the log. */
const MAX_LOGGED = 20;

/** Keeps the last result of each check, shows it as metrics, and logs each violation once. */
export function createInvariantResults(invariants: readonly Invariant[], logger: Logger): InvariantResults {
  const rules = rulesByCheck(invariants);
  const results = new Map<string, InvariantResult & { at: number }>();
  let begunAt: number | undefined;
  const log = (check: string, known: InvariantResult | undefined, { violations }: InvariantResult): void => {
    const fresh = [...violations.values()].filter(({ subject }) => known?.violations.has(subject) !== true);
    if (fresh.length > 0) {
      const rule = rules.get(check)?.[0]?.rule;
      const facts = { invariant: check, rule, violations: violations.size, rows: fresh.slice(0, MAX_LOGGED) };
      if (delayedWorkChecks.includes(check)) logger.warn('work is delayed', facts);
      else logger.error('an invariant is violated', facts);
    } else if (violations.size === 0 && known !== undefined && known.violations.size > 0) {
      logger.info('an invariant holds again', { invariant: check });
    }
  };
  return {
    rules,
    metrics: invariantGauges([...rules.keys()], {
      results,
      begunAt: () => begunAt,
    }),
    begin() {
      begunAt = performance.now();
    },
    set(check, result) {
      log(check, results.get(check), result);
      results.set(check, { ...result, at: performance.now() });
    },
    forget() {
      begunAt = undefined;
      results.clear();
    },
  };
}

function rulesByCheck(invariants: readonly Invariant[]): Map<string, Invariant[]> {
  const rules = new Map<string, Invariant[]>();
  for (const invariant of invariants) rules.set(invariant.check, [...(rules.get(invariant.check) ?? []), invariant]);
  return rules;
}

type Shown = { results: ReadonlyMap<string, InvariantResult & { at: number }>; begunAt(): number | undefined };

function invariantGauges(checks: readonly string[], { results, begunAt }: Shown): BoundedMetric[] {
  const labels = { invariant: checks };
  return [
    createGauge({
      name: 'florin_invariant_violations',
      help: `Rows that break an invariant, by the last check of the instance that checks, counted up to ${MAX_VIOLATIONS}`,
      labels,
      collect(gauge) {
        for (const [invariant, { violations }] of results) gauge.set({ invariant }, violations.size);
      },
    }),
    createGauge({
      name: 'florin_invariant_check_age_seconds',
      help: 'Time since an invariant was last checked by the instance that checks, or since that instance began',
      labels,
      collect(gauge) {
        const begun = begunAt();
        if (begun === undefined) return;
        for (const invariant of checks)
          gauge.set({ invariant }, (performance.now() - (results.get(invariant)?.at ?? begun)) / 1000);
      },
    }),
    createGauge({
      name: 'florin_invariant_check_duration_seconds',
      help: 'Time that the last check of an invariant took, with its rests',
      labels,
      collect(gauge) {
        for (const [invariant, { durationMs }] of results) gauge.set({ invariant }, durationMs / 1000);
      },
    }),
  ];
}
