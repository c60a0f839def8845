import type { Metrics } from '@florin/runtime';

type Sample = { labels: Readonly<Record<string, string | number>>; value: number };

/** Reads the values of a gauge or counter of this process; none if there is no such metric. */
export async function readGauge({ registry }: Pick<Metrics, 'registry'>, name: string): Promise<Sample[]> {
  const metric = registry.getSingleMetric(name);
  if (metric === undefined) return [];
  const { values } = (await metric.get()) as { values: { labels: Partial<Record<string, string | number>>; value: number }[] };
  return values.map(({ labels, value }) => ({ labels: labels as Sample['labels'], value }));
}

/** Reads the value of a gauge without labels; null if it was never set. */
export async function readOnlyGauge(metrics: Pick<Metrics, 'registry'>, name: string): Promise<number | null> {
  return (await readGauge(metrics, name))[0]?.value ?? null;
}

/** Joins gauges with one label: one object for each value of the label, with a field for each gauge. */
export async function joinGauges<Field extends string>(
  metrics: Pick<Metrics, 'registry'>,
  label: string,
  gauges: Readonly<Record<Field, string>>,
): Promise<({ of: string } & Record<Field, number | null>)[]> {
  const fields = Object.entries(gauges) as [Field, string][];
  const read = await Promise.all(fields.map(async ([field, name]) => [field, await readGauge(metrics, name)] as const));
  const names = new Set(read.flatMap(([, samples]) => samples.map(({ labels }) => String(labels[label]))));
  const find = (samples: readonly Sample[], of: string): number | null =>
    samples.find(({ labels }) => String(labels[label]) === of)?.value ?? null;
  return [...names].sort().map((of) => {
    const values = Object.fromEntries(read.map(([field, samples]) => [field, find(samples, of)]));
    return { of, ...values } as { of: string } & Record<Field, number | null>;
  });
}
