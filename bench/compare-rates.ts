/** A ratio with its confidence interval. */
export type Ratio = { mean: number; low: number; high: number; rounds: number };

/** Student's t for a two-sided 95% interval, by degrees of freedom from 1; the last one stands for all larger numbers. */
const T_95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101,
  2.093, 2.086, 1.96,
];

/**
 * Compares two variants that ran in turn.
 *
 * @param rates one pair per round, in the same unit, above 0
 * @returns the geometric mean of `subject / reference` and its 95% interval, which is endless after one round
 */
export function compareRates(rates: readonly { reference: number; subject: number }[]): Ratio {
  const logs = rates.map(({ reference, subject }) => Math.log(subject / reference));
  const mean = sum(logs) / logs.length;
  const variance = sum(logs.map((log) => (log - mean) ** 2)) / (logs.length - 1);
  const half =
    logs.length === 1 ? Number.POSITIVE_INFINITY : (studentsT(logs.length - 1) * Math.sqrt(variance)) / Math.sqrt(logs.length);
  return { mean: Math.exp(mean), low: Math.exp(mean - half), high: Math.exp(mean + half), rounds: logs.length };
}

function studentsT(degrees: number): number {
  return T_95[Math.min(degrees, T_95.length) - 1] ?? Number.NaN;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
