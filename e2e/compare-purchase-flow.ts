import { idText } from '@florin/database';
import { invariants } from '@florin/payment-server/invariants';
import { auditLedger } from '@florin/payment-server/ledger';
import { expect } from 'chai';
import type { Knex } from 'knex';
import type { Play } from './play-purchase-flow.ts';
import type { Bank, Purchase, Shop } from './purchase-flow-model.ts';
import { type Names, nameOf } from './purchase-flow-names.ts';
import type { PurchaseFlowServices } from './purchase-flow-services.ts';
import { products } from './purchase-flow-steps.ts';

/** Compares both databases, when no message is in flight, with the model and with the general invariants. */
export async function comparePurchaseFlow({ product, payment }: PurchaseFlowServices, play: Play): Promise<void> {
  expect(await readPurchases(product, play.names), 'purchases').to.deep.equal(play.shop.purchases.map(outcomeOf));
  for (const { status, refund } of play.shop.purchases) {
    expect({ status, refund }, 'outcomes of the purchases')
      .to.not.include({ status: 'requested' })
      .and.not.include({ refund: 'pending' });
  }
  expect(await readStock(product, play.names), 'stock').to.deep.equal(stockOf(play.shop));
  expect(await readMovements(product, play.names), 'stock movements').to.have.deep.members(movementsOf(play.shop));
  expect(await readWallets(payment, play.names), 'wallets').to.deep.equal(Object.fromEntries(play.bank.balances));
  expect(await readPayments(payment, play.names), 'payments').to.have.deep.members(paymentsOf(play.bank));
  expect(await readTransfers(payment), 'transfers').to.deep.equal(transfersOf(play.bank));
  expect(await auditLedger(payment, { invariants }), 'the audit').to.deep.include({ ok: true, mismatches: [] });
  expect(await readLimits(product), "product's copy of the limits").to.deep.equal(await readLimitsOfWallets(payment));
  expect(await readTimeline(product), 'the timeline').to.have.deep.members(stepsOf(play));
  for (const db of [product, payment]) {
    for (const table of ['outbox', 'dead_letters', 'quarantined']) expect(await db(table), table).to.have.length(0);
  }
}

type Row = Record<string, unknown> & Record<'id' | 'user_id' | 'product_id' | 'purchase_id' | 'event_id', Buffer>;

function outcomeOf({ status, refund, declineReason, totalMinor, currency }: Purchase) {
  return { status, refund, declineReason: declineReason ?? null, totalMinor, currency };
}

async function readPurchases(db: Knex, { purchaseIds }: Names) {
  const rows: Row[] = await db('purchases').select();
  const found = new Map(rows.map((row) => [idText(row.id), row]));
  expect([...found.keys()], 'ids of purchases').to.have.members([...purchaseIds]);
  return purchaseIds.map((id) => {
    const row = found.get(id);
    return {
      status: row?.['status'],
      refund: row?.['refund'],
      declineReason: row?.['decline_reason'],
      totalMinor: row?.['total_minor'],
      currency: row?.['currency'],
    };
  });
}

function stockOf({ stock }: Shop) {
  return products.map(({ name }) => ({ name, stock: stock.get(name), moved: stock.get(name) }));
}

async function readStock(db: Knex, { productIds }: Names) {
  const rows: Row[] = await db('products').select(
    'id',
    'name',
    'stock',
    db.raw('CAST((SELECT SUM(delta) FROM stock_movements WHERE product_id = products.id) AS SIGNED) AS moved'),
  );
  return products.map(({ name }) => {
    const row = rows.find(({ id }) => idText(id) === productIds.get(name));
    return { name, stock: row?.['stock'], moved: row?.['moved'] };
  });
}

function movementsOf({ purchases }: Shop) {
  return purchases.flatMap(({ items, status }, purchase) => {
    const isBack = status === 'declined' || status === 'cancelled';
    return items.flatMap(({ product, quantity }) => [
      { purchase, product, reason: 'sale', delta: -quantity },
      ...(isBack ? [{ purchase, product, reason: 'return', delta: quantity }] : []),
    ]);
  });
}

async function readMovements(db: Knex, { purchaseIds, productIds }: Names) {
  const rows: Row[] = await db('stock_movements').whereNotNull('purchase_id').select();
  return rows.map(({ purchase_id, product_id, reason, delta }) => ({
    purchase: purchaseIds.indexOf(idText(purchase_id)),
    product: nameOf(productIds, idText(product_id)),
    reason,
    delta,
  }));
}

async function readWallets(db: Knex, { userIds }: Names) {
  const rows: Row[] = await db('wallets').select();
  expect(rows.length, 'wallets').to.equal(new Set(rows.map(({ user_id }) => idText(user_id))).size);
  const balances = new Map(rows.map(({ user_id, balance_minor }) => [idText(user_id), balance_minor]));
  const named = [...userIds].map(([user, id]) => [user, balances.get(id)] as const);
  return Object.fromEntries(named.filter(([, balance]) => balance !== undefined));
}

function paymentsOf({ decisions }: Bank) {
  return [...decisions].map(([purchase, { user: _user, declineReason = null, ...decision }]) => ({
    purchase,
    declineReason,
    ...decision,
  }));
}

async function readPayments(db: Knex, { purchaseIds }: Names) {
  const rows: Row[] = await db('payments').select();
  return rows.map(({ purchase_id, status, amount_minor: amountMinor, decline_reason: declineReason, version: answers }) => {
    return { purchase: purchaseIds.indexOf(idText(purchase_id)), status, amountMinor, declineReason, answers };
  });
}

function transfersOf({ balances, decisions }: Bank): Record<string, number> {
  const outcomes = [...decisions.values()].map(({ status }) => status);
  const refunds = outcomes.filter((status) => status === 'refunded').length;
  const charges = refunds + outcomes.filter((status) => status === 'charged').length;
  return { 'opening-credit': balances.size, purchase: charges, refund: refunds };
}

async function readTransfers(db: Knex): Promise<Record<string, number>> {
  const types: string[] = await db('transfers').pluck('type');
  const count = (wanted: string): number => types.filter((type) => type === wanted).length;
  return { 'opening-credit': count('opening-credit'), purchase: count('purchase'), refund: count('refund') };
}

function readLimits(db: Knex): Promise<unknown> {
  return db('buyer_limits')
    .orderBy('user_id')
    .select('user_id', 'currency', 'available_minor', 'spend_limit_minor', 'status', 'version');
}

function readLimitsOfWallets(db: Knex): Promise<unknown> {
  const available = db.raw('balance_minor + credit_limit_minor - held_minor AS available_minor');
  return db('wallets').orderBy('user_id').select('user_id', 'currency', available, 'spend_limit_minor', 'status', 'version');
}

function stepsOf({ said }: Play) {
  return said.filter(({ data }) => 'purchaseId' in data).map(({ subject, type, id }) => ({ purchaseId: subject, type, id }));
}

async function readTimeline(db: Knex) {
  const rows: Row[] = await db('purchase_timeline').select();
  return rows.map(({ purchase_id, type, event_id }) => ({ purchaseId: idText(purchase_id), type, id: idText(event_id) }));
}
