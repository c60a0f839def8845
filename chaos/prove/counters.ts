import type { Request } from './create-call.ts';
import type { FaultKind } from './draw-fault.ts';
import type { Ending } from './supervise-instance.ts';

export type FaultRecord = { atMs: number; kind: FaultKind | 'unexpected end'; point: string };

export type Counters = {
  startedAt: number;
  operations: Record<string, number>;
  /** Number of requests by status, or by the lack of an answer. */
  answers: Record<string, number>;
  faults: FaultRecord[];
  /** Number of operations by second. */
  perSecond: number[];
  /** Answers with status 500: each is a fault of a service. */
  errors500: string[];
};

export type CountersControl = {
  counters: Counters;
  countOperation(kind: string): void;
  countAnswer(outcome: string, request: Request, body: unknown): void;
  countFault(kind: FaultKind, point: string): void;
  countEnding(ending: Ending): void;
};

const MAX_KEPT = 20;

/** Counts operations, answers and faults of a run. */
export function startCounters(): CountersControl {
  const startedAt = Date.now();
  const counters: Counters = { startedAt, operations: {}, answers: {}, faults: [], perSecond: [], errors500: [] };
  const note = (kind: FaultRecord['kind'], point: string): void => {
    counters.faults.push({ atMs: Date.now() - startedAt, kind, point });
  };
  return {
    counters,
    countOperation(kind) {
      counters.operations[kind] = (counters.operations[kind] ?? 0) + 1;
      const second = Math.floor((Date.now() - startedAt) / 1000);
      counters.perSecond[second] = (counters.perSecond[second] ?? 0) + 1;
    },
    countAnswer(outcome, { method, path }, body) {
      counters.answers[outcome] = (counters.answers[outcome] ?? 0) + 1;
      if (outcome === '500' && counters.errors500.length < MAX_KEPT)
        counters.errors500.push(`${new Date().toISOString()} ${method} ${path}: ${JSON.stringify(body)}`);
    },
    countFault: note,
    countEnding({ instance, how, crashAt, exit }) {
      if (how === 'killed') note('kill', instance);
      else if (how === 'crashed at a failpoint') note('crash', crashAt.split(':')[0] ?? '');
      else note('unexpected end', `${instance}: ${exit}`);
    },
  };
}

export function operationsOf({ operations }: Counters): number {
  return Object.values(operations).reduce((sum, count) => sum + count, 0);
}

/** Number of processes that SIGKILL ended: instances (at random and at failpoints), broker and database. */
export function sigkillsOf({ faults }: Counters): number {
  return faults.filter(({ kind }) => ['kill', 'crash', 'broker', 'database'].includes(kind)).length;
}
