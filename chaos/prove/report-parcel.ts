import { type ParcelReport, type ParcelStatus, type ParcelView, parcelRanks } from './delivery-history.ts';
import { dataOf, drawKey, type InventoryClient } from './inventory-client.ts';
import type { PurchaseView } from './purchase-history.ts';

const statuses = Object.keys(parcelRanks) as ParcelStatus[];
const MAX_AGE_MS = 3_600_000;

/** Sends a few reports about one parcel at once, in any order, some twice. Returned parcels are rare. */
export async function reportParcel(client: InventoryClient): Promise<void> {
  const { call, random, token, deliveryHistory } = client;
  const from = random.pick(['paid', 'shipped', 'shipped', 'delivered', 'cancelled'] as const);
  const page = await call({ service: 'product', method: 'GET', path: `/v1/purchases?status=${from}&limit=10`, token }, random);
  if (page?.status !== 200) return;
  const found = dataOf<PurchaseView[]>(page);
  if (found.length === 0) return;
  const { id: purchaseId } = random.pick(found);
  const reports = Array.from({ length: random.between(1, 3) }, () =>
    deliveryHistory.report({
      purchaseId,
      status: random.chance(0.15) ? 'returned' : random.pick(statuses.slice(0, -1)),
      at: new Date(Date.now() - random.between(0, MAX_AGE_MS)).toISOString(),
      key: drawKey(random),
    }),
  );
  const sent = reports.flatMap((report) => (random.chance(0.3) ? [report, report] : [report]));
  await Promise.all(sent.map((report) => postReport(client, report)));
}

async function postReport(client: InventoryClient, report: ParcelReport): Promise<void> {
  const { call, random, token, deliveryHistory, onOperation } = client;
  const { purchaseId, status, at, key } = report;
  const path = `/v1/purchases/${purchaseId}/delivery/events`;
  const headers = { 'idempotency-key': key };
  const reply = await call({ service: 'product', method: 'POST', path, token, body: { status, at }, headers }, random);
  onOperation('report a delivery');
  report.lost += reply?.lost ?? 1;
  if (reply?.status === 201 || reply?.status === 200) deliveryHistory.answered(report, dataOf<ParcelView>(reply));
  // 422: the clock of this process is ahead of the database's. 409: the history is full.
  else if (reply?.status === 409 || reply?.status === 422) report.isRejected = true;
  else if (reply)
    deliveryHistory.reportViolation('a report is answered 200, 201, 409 or 422', purchaseId, `answered ${reply.status}`);
}
