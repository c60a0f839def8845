import { runAudit } from '../../ops/audit/run-audit.ts';
import type { DatabaseUrls } from '../../ops/platform/service-databases.ts';
import { checkTimeline } from './check-timeline.ts';
import type { Finding } from './finding.ts';
import type { Histories } from './histories.ts';
import type { Checker } from './open-checker.ts';
import { readCarts } from './read-carts.ts';
import { readClaims } from './read-claims.ts';
import { readDeliveries } from './read-deliveries.ts';
import { readInventory } from './read-inventory.ts';
import { readLedgerEntries } from './read-ledger-entries.ts';
import { readProducts } from './read-products.ts';
import { readAdminActs, readCatalogue, readStored } from './read-stored.ts';
import { readVariants } from './read-variants.ts';
import { readWalletOperations } from './read-wallet-operations.ts';
import type { Duplicator } from './start-duplicator.ts';
import type { Platform } from './start-platform.ts';
import type { Poison } from './start-poisoning.ts';

export type CheckResult = {
  findings: Finding[];
  /** Number of checked records by subject, for the table. */
  checked: { what: string; count: number }[];
};

type Options = {
  checker: Checker;
  databaseUrls: DatabaseUrls;
  histories: Histories;
  duplicator: Duplicator;
  poison: Poison;
  instances: Platform['instances'];
  /** Runs the ledger audit of payment. */
  auditLedger(): Promise<LedgerAudit>;
  /** Throws a switch and takes it back, and looks at every instance. */
  checkSwitches(): Promise<Finding[]>;
};

export type LedgerAudit = { ok: boolean; entries: number; mismatches: { rule: string; id: string; detail: string }[] };

/** Short, because the platform is idle: a difference that is there now stays. */
const RECHECK_MS = 500;

/** Runs every check on the idle platform. */
export async function checkEverything({
  checker,
  databaseUrls,
  histories,
  duplicator,
  poison,
  instances,
  auditLedger,
  checkSwitches,
}: Options): Promise<CheckResult> {
  const { purchases, tokens, edits, wallets, statements, inventory, variants, carts, claims, coupons, deliveries } = histories;
  const ledger = await auditLedger();
  const audit = await runAudit({ databaseUrls, recheckMs: RECHECK_MS, stuckAfterMs: 0 });
  const stored = await readStored(checker);
  const products = await readProducts(checker);
  const findings: Finding[] = [
    ...audit.findings.map(({ check, ...finding }) => ({ check: `audit: ${check}`, ...finding })),
    ...ledger.mismatches.map(({ rule, id, detail }) => ({ check: `ledger audit: ${rule}`, subject: id, detail })),
    ...(ledger.ok === (ledger.mismatches.length === 0)
      ? []
      : [{ check: 'ledger audit', subject: 'ledger', detail: 'the entries do not sum to zero' }]),
    ...poison.unaccounted(),
    ...purchases.check(stored),
    ...coupons.check(stored.purchases),
    ...wallets.check(await readWalletOperations(checker)),
    ...statements.check(await readLedgerEntries(checker)),
    ...inventory.check(await readInventory(checker)),
    ...variants.check(await readVariants(checker)),
    ...carts.check(await readCarts(checker)),
    ...deliveries.check(await readDeliveries(checker)),
    ...claims.check(await readClaims(checker)),
    ...(await tokens.check(instances)),
    ...(await checkSwitches()),
    ...tokens.checkAuditLog(await readAdminActs(checker)),
    ...edits.check(await readCatalogue(checker)),
    ...duplicator.products.check(products),
    ...stored.timelines.flatMap((facts) => checkTimeline(facts, duplicator)),
  ];
  return {
    findings,
    checked: [
      { what: 'audit checks', count: audit.checks.length },
      { what: 'rows checked by the audit', count: audit.checks.reduce((sum, { rows }) => sum + rows, 0) },
      { what: 'ledger entries', count: ledger.entries },
      { what: 'purchases', count: stored.purchases.length },
      { what: 'timeline steps', count: stored.timelines.reduce((sum, { steps }) => sum + steps.length, 0) },
      { what: 'accounts', count: stored.users.size },
      { what: 'planted messages found among the dead letters', count: poison.counts().found },
      { what: 'purchase requests', count: purchases.requests.length },
      { what: 'units added to carts', count: carts.counts().units },
      { what: 'claims', count: claims.counts().claims },
      { what: 'partial refunds by staff', count: claims.counts().refunds },
      { what: 'top-ups, holds and adjustments', count: wallets.count() },
      { what: 'adjustments that another admin decided on', count: wallets.countReviewed() },
      { what: 'statements read', count: statements.counts().statements },
      { what: 'historical balances read', count: statements.counts().balances },
      { what: 'explanations read', count: statements.counts().explanations },
      { what: 'stock movements by staff', count: inventory.counts().moves },
      { what: 'product files imported', count: inventory.counts().imports },
      { what: 'variants added', count: variants.counts().variants },
      { what: 'coupons created', count: coupons.count() },
      { what: 'purchases with a coupon', count: stored.purchases.filter(({ coupon }) => coupon !== undefined).length },
      { what: 'products given options', count: variants.counts().given },
      { what: 'parcels shipped or delivered', count: inventory.counts().parcels },
      { what: 'reports about parcels', count: deliveries.counts().reports },
      { what: 'revoked tokens shown to every instance', count: tokens.counts().ended },
      { what: 'valid tokens shown to every instance', count: tokens.counts().kept },
      { what: 'edits of products and categories', count: edits.counts().edits },
      { what: 'of these applied', count: edits.counts().done },
      { what: 'products compared with their last event', count: products.length },
      { what: 'actions of admins found in the audit log', count: tokens.counts().adminActs },
    ],
  };
}
