const DAY_MS = 86_400_000;

/** The end of the time in which a buyer may claim an order, and whether it has passed. */
export function claimWindow({ deliveredAt, claimDays, now }: { deliveredAt: string; claimDays: number; now: number }) {
  const until = Date.parse(deliveredAt) + claimDays * DAY_MS;
  return { until: new Date(until).toISOString(), isOver: now > until };
}
