import type { AdvanceStep, PurchaseStatus } from '../purchases/index.ts';

/** By rank; `out-for-delivery` and `failed` have the same. */
export const deliveryStatuses = [
  'packed',
  'handed-over',
  'in-transit',
  'out-for-delivery',
  'failed',
  'delivered',
  'returned',
] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** A report about a parcel: its status, and since when the parcel has it. */
export type Report = { status: DeliveryStatus; at: Date };

const ranks: Readonly<Record<DeliveryStatus, number>> = {
  packed: 1,
  'handed-over': 2,
  'in-transit': 3,
  'out-for-delivery': 4,
  failed: 4,
  delivered: 5,
  returned: 6,
};

type State = {
  purchaseStatus: PurchaseStatus;
  /** The report that counts; undefined before the first one. */
  current: Report | undefined;
};

export type ReportDecision = {
  /** Whether the parcel gets the status. Else the report is late or repeated, and joins the history only. */
  isApplied: boolean;
  /** Whether the report raises the rank: at most six reports of a parcel do. */
  isHigher: boolean;
  /** The steps that the purchase takes with the report. */
  steps: readonly AdvanceStep[];
};

const historyOnly: ReportDecision = { isApplied: false, isHigher: false, steps: [] };

/**
 * Decides what a report about a parcel changes. A report counts if its status has a higher rank than the current one. Of
 * `out-for-delivery` and `failed`, the later report counts. After the end of the purchase, reports join the history only. Pure.
 *
 * @returns 'unpaid' if the purchase is not decided yet: there is no parcel
 */
export function decideReport({ purchaseStatus, current }: State, report: Report): ReportDecision | 'unpaid' {
  if (purchaseStatus === 'requested') return 'unpaid';
  if (purchaseStatus === 'declined' || purchaseStatus === 'cancelled') return historyOnly;
  const rank = ranks[report.status];
  const reached = Math.max(current === undefined ? 0 : ranks[current.status], reachedBy(purchaseStatus));
  const isLater = current !== undefined && rank === ranks[current.status] && rank === ranks.failed && report.at > current.at;
  if (rank <= reached && !(isLater && rank === reached)) return historyOnly;
  return { isApplied: true, isHigher: rank > reached, steps: stepsTo(report.status, purchaseStatus) };
}

/** The rank that the status of a purchase implies: staff may ship and deliver without a report. */
function reachedBy(status: PurchaseStatus): number {
  if (status === 'delivered') return ranks.delivered;
  return status === 'shipped' ? ranks.packed : 0;
}

function stepsTo(status: DeliveryStatus, from: PurchaseStatus): AdvanceStep[] {
  if (status === 'packed' || from === 'delivered') return [];
  const ship: AdvanceStep[] = from === 'paid' ? ['shipped'] : [];
  if (status === 'delivered') return [...ship, 'delivered'];
  return status === 'returned' ? [...ship, 'cancelled'] : ship;
}

/** Returns the report with the highest rank, and of equal ones the latest. Pure. */
export function highestReport<One extends Report>(reports: readonly One[]): One | undefined {
  return reports.toSorted((a, b) => ranks[a.status] - ranks[b.status] || a.at.getTime() - b.at.getTime()).at(-1);
}

/** The status of a parcel as the API shows it: a shipped purchase was handed over, whoever reported it. Pure. */
export function shownStatus({ purchaseStatus, current }: State): DeliveryStatus | undefined {
  const reached = current?.status;
  if (purchaseStatus === 'delivered' && reached !== 'returned') return 'delivered';
  if (purchaseStatus === 'shipped' && (reached === undefined || reached === 'packed')) return 'handed-over';
  return reached;
}
