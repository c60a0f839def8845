type Measures = {
  status: string;
  reasons: readonly string[];
  outbox: { rows: number | null };
  consumer: readonly { lagMessages: number | null }[];
  deadLetters: number | null;
  invariants: readonly { violations: number | null }[];
  switches: readonly { name: string; isOn: boolean }[];
};

export type ServiceFacts = {
  status: string;
  reasons: readonly string[];
  outboxRows: number | null;
  lagMessages: number | null;
  deadLetters: number | null;
  violations: number | null;
  switches: readonly string[];
};

/**
 * What the home page says of a service. A measure that was never taken is null.
 *
 * @param status undefined if the service did not answer
 */
export function factsOf(status: Measures | undefined): ServiceFacts {
  if (status === undefined)
    return {
      status: 'noAnswer',
      reasons: [],
      outboxRows: null,
      lagMessages: null,
      deadLetters: null,
      violations: null,
      switches: [],
    };
  return {
    status: status.status,
    reasons: status.reasons,
    outboxRows: status.outbox.rows,
    lagMessages: sumOf(status.consumer.map(({ lagMessages }) => lagMessages)),
    deadLetters: status.deadLetters,
    violations: sumOf(status.invariants.map(({ violations }) => violations)),
    switches: status.switches.filter(({ isOn }) => isOn).map(({ name }) => name),
  };
}

/** The sum of the measures that were taken; null if none was. */
function sumOf(values: readonly (number | null)[]): number | null {
  const taken = values.filter((value) => value !== null);
  return taken.length === 0 ? null : taken.reduce((sum, value) => sum + value, 0);
}
