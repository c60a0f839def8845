import { idText } from '@florin/database';
import type { TimelineFacts } from './check-timeline.ts';
import type { StoredCatalogue } from './edit-history.ts';
import type { Checker } from './open-checker.ts';
import type { PurchaseView, Status, Stored } from './purchase-history.ts';
import type { AdminAct } from './token-history.ts';

type PurchaseRow = {
  id: Buffer;
  user_id: Buffer;
  idempotency_key: Buffer;
  status: Status;
  refund: PurchaseView['refund'];
  version: number;
  total_minor: number;
  discount_minor: number;
  coupon_code: string | null;
};

/** Reads purchases, balances, accounts and timelines. */
export async function readStored(checker: Checker): Promise<Stored & { timelines: TimelineFacts[] }> {
  const items = await readItems(checker);
  const rows = await checker.rows<PurchaseRow>(
    'SELECT id, user_id, idempotency_key, status, refund, version, total_minor, discount_minor, coupon_code FROM {product}.purchases ORDER BY id',
  );
  const purchases = rows.map((row) => ({
    id: idText(row.id),
    userId: idText(row.user_id),
    key: row.idempotency_key.toString(),
    status: row.status,
    refund: row.refund,
    version: row.version,
    totalMinor: row.total_minor,
    discountMinor: row.discount_minor,
    ...(row.coupon_code === null ? {} : { coupon: { code: row.coupon_code } }),
    items: items.get(idText(row.id)) ?? [],
  }));
  const steps = await readSteps(checker);
  return {
    purchases,
    balances: await readBalances(checker),
    users: await readUsers(checker),
    timelines: purchases.map(({ id, status, refund }) => ({ id, status, refund, steps: steps.get(id) ?? [] })),
  };
}

/** Reads the actions of admins from auth's audit log. */
export async function readAdminActs(checker: Checker): Promise<AdminAct[]> {
  return checker.rows<AdminAct>('SELECT action, subject FROM {auth}.audit_log');
}

/** Reads the catalogue and the edits in product's audit log. */
export async function readCatalogue(checker: Checker): Promise<StoredCatalogue> {
  const products = await checker.rows<Thing>('SELECT id, name, version FROM {product}.products');
  const categories = await checker.rows<Thing & { parent_id: Buffer | null }>(
    'SELECT id, name, version, parent_id FROM {product}.categories',
  );
  const log = await checker.rows<{ subject: string; state_after: string | null }>(
    `SELECT subject, state_after FROM {product}.audit_log
     WHERE action IN ('product.edit', 'product.archive', 'category.edit') ORDER BY id`,
  );
  return {
    things: new Map([...products, ...categories].map(({ id, name, version }) => [idText(id), { name, version }])),
    log: log.map(({ subject, state_after }) => {
      const { name } = JSON.parse(state_after ?? '{}') as { name?: string };
      return { id: subject, ...(name === undefined ? {} : { name }) };
    }),
    parents: new Map(categories.map(({ id, parent_id }) => [idText(id), parent_id === null ? null : idText(parent_id)])),
  };
}

type Thing = { id: Buffer; name: string; version: number };

type Item = PurchaseView['items'][number];

async function readItems(checker: Checker): Promise<Map<string, Item[]>> {
  const rows = await checker.rows<{ purchase_id: Buffer; product_id: Buffer; quantity: number; unit_price_minor: number }>(
    'SELECT purchase_id, product_id, quantity, unit_price_minor FROM {product}.purchase_items ORDER BY purchase_id, position',
  );
  return grouped(rows, (row) => [
    idText(row.purchase_id),
    { productId: idText(row.product_id), quantity: row.quantity, unitPriceMinor: row.unit_price_minor },
  ]);
}

async function readSteps(checker: Checker): Promise<Map<string, TimelineFacts['steps'][number][]>> {
  const rows = await checker.rows<{ purchase_id: Buffer; type: string; event_id: Buffer }>(
    'SELECT purchase_id, type, event_id FROM {product}.purchase_timeline ORDER BY purchase_id, at, id',
  );
  return grouped(rows, (row) => [idText(row.purchase_id), { type: row.type, eventId: idText(row.event_id) }]);
}

async function readBalances(checker: Checker): Promise<Map<string, Set<number>>> {
  const rows = await checker.rows<{ user_id: Buffer; balance_after_minor: number }>(
    'SELECT w.user_id, e.balance_after_minor FROM {payment}.ledger_entries e JOIN {payment}.wallets w ON w.id = e.wallet_id',
  );
  const lists = grouped(rows, (row) => [idText(row.user_id), row.balance_after_minor]);
  return new Map([...lists].map(([id, list]) => [id, new Set(list)]));
}

async function readUsers(checker: Checker): Promise<Map<string, string>> {
  const rows = await checker.rows<{ id: Buffer; email: string }>('SELECT id, email FROM {auth}.users');
  return new Map(rows.map(({ id, email }) => [idText(id), email]));
}

function grouped<Row, Value>(rows: readonly Row[], entryOf: (row: Row) => [string, Value]): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const row of rows) {
    const [key, value] = entryOf(row);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
