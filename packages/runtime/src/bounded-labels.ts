/** The values of each label: a list of all of them, or the maximum number of distinct ones. */
export type LabelBounds = Readonly<Record<string, readonly string[] | number>>;

export type LabelValues<Bounds extends LabelBounds> = Readonly<Record<keyof Bounds & string, string>>;

/** Replaces every value beyond the bounds. */
export const OTHER = 'other';

export type BoundedLabels<Bounds extends LabelBounds> = {
  /** Maximum number of combinations of values, with `other`. */
  maxSeries: number;
  bound(values: LabelValues<Bounds>): LabelValues<Bounds>;
};

/**
 * Bounds the values of labels, because each combination is a time series that Prometheus keeps. A value that is not in its list, or
 * new beyond the maximum number, becomes `other`.
 */
export function boundLabels<Bounds extends LabelBounds>(bounds: Bounds): BoundedLabels<Bounds> {
  const labels = Object.entries(bounds).map(([name, bound]) => ({ name, ...boundOf(bound) }));
  return {
    maxSeries: labels.reduce((product, { max }) => product * (max + 1), 1),
    bound(values) {
      let bounded: Record<string, string> | undefined;
      for (const { name, max, known, isOpen } of labels) {
        const value = values[name] ?? '';
        if (known.has(value)) continue;
        if (isOpen && known.size < max) known.add(value);
        else {
          bounded ??= { ...values };
          bounded[name] = OTHER;
        }
      }
      return (bounded as LabelValues<Bounds> | undefined) ?? values;
    },
  };
}

function boundOf(bound: readonly string[] | number): { max: number; known: Set<string>; isOpen: boolean } {
  if (typeof bound === 'number') return { max: bound, known: new Set(), isOpen: true };
  return { max: bound.length, known: new Set(bound), isOpen: false };
}
