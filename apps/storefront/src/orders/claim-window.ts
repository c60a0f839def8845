const DAY_MS = 86_400_000;

/** Until when an order can be claimed, and whether that is over. */
export function claimWindow({ deliveredAt, claimDays, now }: { deliveredAt: string; claimDays: number; now: number }) {
  const until = Date.parse(deliveredAt) + claimDays * DAY_MS;
  return { until: new Date(until).toISOString(), isOver: now > until };
}
