import type { Finding } from './finding.ts';
import type { Status } from './purchase-history.ts';

/** The statuses of a parcel with their ranks, written independently of the service. */
export const parcelRanks = {
  packed: 1,
  'handed-over': 2,
  'in-transit': 3,
  'out-for-delivery': 4,
  failed: 4,
  delivered: 5,
  returned: 6,
} as const;
export type ParcelStatus = keyof typeof parcelRanks;

/** A report about a parcel under one key, however often it was sent. */
export type ParcelReport = {
  purchaseId: string;
  status: ParcelStatus;
  at: string;
  key: string;
  isAnswered?: boolean;
  isRejected?: boolean;
  /** Number of requests without an answer, or with one that does not say whether they were applied (5xx). */
  lost: number;
};

export type ParcelView = { purchaseStatus: Status; status?: ParcelStatus };

export type StoredDeliveries = {
  reports: readonly { key: string; purchaseId: string; status: ParcelStatus; isApplied: boolean }[];
  statuses: ReadonlyMap<string, Status>;
};

export type DeliveryHistory = ReturnType<typeof createDeliveryHistory>;

/** Records reports about parcels with their answers. */
export function createDeliveryHistory() {
  const reports: ParcelReport[] = [];
  const violations: Finding[] = [];
  const reportViolation = (check: string, subject: string, detail: string): void =>
    void violations.push({ check, subject, detail });
  return {
    violations,
    reportViolation,
    counts: () => ({ reports: reports.filter(({ isAnswered }) => isAnswered === true).length }),
    /** Call it before the first attempt is sent. */
    report(wanted: Omit<ParcelReport, 'lost'>): ParcelReport {
      const report = { ...wanted, lost: 0 };
      reports.push(report);
      return report;
    },
    answered(report: ParcelReport, { purchaseStatus, status }: ParcelView): void {
      report.isAnswered = true;
      const ends: readonly Status[] = status === 'returned' ? ['delivered', 'cancelled'] : ['delivered'];
      if ((status === 'delivered' || status === 'returned') && !ends.includes(purchaseStatus))
        reportViolation('a parcel and its purchase agree', report.purchaseId, `${status}, purchase ${purchaseStatus}`);
    },
    check: (stored: StoredDeliveries): Finding[] => [...violations, ...checkReports(reports, stored), ...checkRanks(stored)],
  };
}

function checkReports(reports: readonly ParcelReport[], { reports: stored }: StoredDeliveries): Finding[] {
  const requested = new Set(reports.map(({ key }) => key));
  const kept = new Map(stored.map((report) => [report.key, report]));
  const findings: Finding[] = [];
  const find = (check: string, subject: string, detail: string): void => void findings.push({ check, subject, detail });
  for (const { key, purchaseId, status, isAnswered, isRejected, lost } of reports) {
    const found = kept.get(key);
    if (isAnswered === true && found === undefined) find('an answered report is kept', purchaseId, `${status} under key ${key}`);
    if (found !== undefined && (found.purchaseId !== purchaseId || found.status !== status))
      find('a report equals its request', purchaseId, `${status} requested, ${found.status} stored`);
    if (found !== undefined && isRejected === true && isAnswered !== true && lost === 0)
      find('a rejected report is not stored', purchaseId, `${status} under key ${key}`);
  }
  for (const { key, purchaseId } of stored) if (!requested.has(key)) find('every report was requested', purchaseId, `key ${key}`);
  if (kept.size < stored.length) find('one key, one report', 'reports', `${stored.length} reports of ${kept.size} keys`);
  return findings;
}

/** Checks that no report with a higher rank than all that count was left to the history, except after a cancellation. */
function checkRanks({ reports, statuses }: StoredDeliveries): Finding[] {
  const findings: Finding[] = [];
  for (const [purchaseId, ofPurchase] of Map.groupBy(reports, (report) => report.purchaseId)) {
    const status = statuses.get(purchaseId);
    if (status === 'cancelled' || status === 'declined') continue;
    const implied = status === 'delivered' ? parcelRanks.delivered : status === 'shipped' ? parcelRanks.packed : 0;
    const highest = (isApplied: boolean): number =>
      Math.max(0, ...ofPurchase.filter((report) => report.isApplied === isApplied).map((report) => parcelRanks[report.status]));
    if (highest(false) > Math.max(implied, highest(true)))
      findings.push({
        check: 'the report with the highest rank counts',
        subject: purchaseId,
        detail: `${status}: ${ofPurchase.map((report) => `${report.status}${report.isApplied ? '' : ' (history)'}`).join(', ')}`,
      });
  }
  return findings;
}
