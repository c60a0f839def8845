import type { Request } from './call.ts';
import type { FaultKind } from './draw-fault.ts';
import type { Ending } from './instance.ts';

export type Happening = { atMs: number; kind: FaultKind | 'ended by itself'; point: string };

export type Tally = {
  startedAt: number;
  operations: Record<string, number>;
  /** Of every request sent: the status, or that none came. */
  answers: Record<string, number>;
  happenings: Happening[];
  /** Operations by second. */
  perSecond: number[];
  /** Answers of 500: each is a fault of a service. */
  faults500: string[];
};

export type Counting = {
  tally: Tally;
  countOperation(kind: string): void;
  countAnswer(outcome: string, request: Request, body: unknown): void;
  countFault(kind: FaultKind, point: string): void;
  countEnding(ending: Ending): void;
};

const MOST_KEPT = 20;

/** Counts what happens, and when. */
export function startCounting(): Counting {
  const startedAt = Date.now();
  const tally: Tally = { startedAt, operations: {}, answers: {}, happenings: [], perSecond: [], faults500: [] };
  const note = (kind: Happening['kind'], point: string): void => {
    tally.happenings.push({ atMs: Date.now() - startedAt, kind, point });
  };
  return {
    tally,
    countOperation(kind) {
      tally.operations[kind] = (tally.operations[kind] ?? 0) + 1;
      const second = Math.floor((Date.now() - startedAt) / 1000);
      tally.perSecond[second] = (tally.perSecond[second] ?? 0) + 1;
    },
    countAnswer(outcome, { method, path }, body) {
      tally.answers[outcome] = (tally.answers[outcome] ?? 0) + 1;
      if (outcome === '500' && tally.faults500.length < MOST_KEPT)
        tally.faults500.push(`${new Date().toISOString()} ${method} ${path}: ${JSON.stringify(body)}`);
    },
    countFault: note,
    countEnding({ instance, how, crashAt, exit }) {
      if (how === 'killed') note('kill', instance);
      else if (how === 'crashed at its point') note('crash', crashAt.split(':')[0] ?? '');
      else note('ended by itself', `${instance}: ${exit}`);
    },
  };
}

export function operationsOf({ operations }: Tally): number {
  return Object.values(operations).reduce((sum, count) => sum + count, 0);
}

/** Processes that were really ended by SIGKILL: instances, at random and at points, broker and database. */
export function sigkillsOf({ happenings }: Tally): number {
  return happenings.filter(({ kind }) => ['kill', 'crash', 'broker', 'database'].includes(kind)).length;
}
