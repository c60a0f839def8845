import type { Finding } from './finding.ts';
import type { Checker } from './open-checker.ts';

type Rule = { check: string; sql: string };

/** Each statement finds what breaks its rule: `subject`, and in `detail` what a person needs. */
const rules: readonly Rule[] = [
  {
    check: 'product and payment tell the same of a purchase',
    sql: `SELECT HEX(p.id) AS subject, CONCAT('purchase ', p.status, ', refund ', p.refund, ', total ', p.total_minor, '; payment ',
                 COALESCE(CONCAT(y.status, ' of ', y.amount_minor), 'missing')) AS detail
            FROM {product}.purchases p LEFT JOIN {payment}.payments y ON y.purchase_id = p.id
           WHERE NOT COALESCE(y.user_id = p.user_id AND y.amount_minor = p.total_minor AND CASE p.status
                   WHEN 'declined' THEN y.status = 'declined' AND y.decline_reason = p.decline_reason
                   WHEN 'cancelled' THEN (p.refund = 'done' AND y.status = 'refunded' AND p.total_minor > 0)
                     OR (p.refund = 'none' AND (y.status = 'declined' OR (y.status = 'refunded' AND p.total_minor = 0)))
                   WHEN 'requested' THEN FALSE
                   ELSE y.status = 'charged' END, FALSE)`,
  },
  {
    check: 'every payment is of a purchase',
    sql: `SELECT HEX(y.purchase_id) AS subject, CONCAT(y.status, ' payment of ', y.amount_minor, ' without a purchase') AS detail
            FROM {payment}.payments y LEFT JOIN {product}.purchases p ON p.id = y.purchase_id WHERE p.id IS NULL`,
  },
  {
    check: 'a purchase is charged once and refunded at most once',
    sql: `SELECT HEX(purchase_id) AS subject, CONCAT(COUNT(*), ' transfers of the type ', type) AS detail
            FROM {payment}.transfers WHERE purchase_id IS NOT NULL GROUP BY purchase_id, type HAVING COUNT(*) > 1`,
  },
  {
    check: 'stock is the sum of its movements, and never negative',
    sql: `SELECT HEX(p.id) AS subject, CONCAT('stock ', p.stock, ', movements sum to ', COALESCE(SUM(m.delta), 0), ', the least was ',
                 COALESCE(MIN(m.stock_after), 0)) AS detail
            FROM {product}.products p LEFT JOIN {product}.stock_movements m ON m.product_id = p.id
           GROUP BY p.id, p.stock HAVING p.stock <> COALESCE(SUM(m.delta), 0) OR p.stock < 0 OR COALESCE(MIN(m.stock_after), 0) < 0`,
  },
  {
    check: 'a purchase takes its stock once, and gives it back if it ends unsold',
    sql: `SELECT HEX(p.id) AS subject, CONCAT(p.status, ': ', i.quantity, ' of ', HEX(i.product_id), ', sold ',
                 COALESCE(SUM(IF(m.reason = 'sale', -m.delta, 0)), 0), ', back ', COALESCE(SUM(IF(m.reason = 'return', m.delta, 0)), 0)) AS detail
            FROM {product}.purchases p JOIN {product}.purchase_items i ON i.purchase_id = p.id
            LEFT JOIN {product}.stock_movements m ON m.purchase_id = p.id AND m.product_id = i.product_id
           GROUP BY p.id, p.status, i.product_id, i.quantity
          HAVING COALESCE(SUM(IF(m.reason = 'sale', -m.delta, 0)), 0) <> i.quantity
              OR COALESCE(SUM(IF(m.reason = 'return', m.delta, 0)), 0) <> IF(p.status IN ('declined', 'cancelled'), i.quantity, 0)`,
  },
  {
    check: 'stock moves for a purchase that has such an item',
    sql: `SELECT HEX(m.purchase_id) AS subject, CONCAT(m.reason, ' of ', m.delta, ' of ', HEX(m.product_id)) AS detail
            FROM {product}.stock_movements m
            LEFT JOIN {product}.purchase_items i ON i.purchase_id = m.purchase_id AND i.product_id = m.product_id
           WHERE m.purchase_id IS NOT NULL AND i.purchase_id IS NULL`,
  },
  {
    check: 'product knows every wallet as it is',
    sql: `SELECT HEX(w.user_id) AS subject, CONCAT('wallet version ', w.version, ' has ', w.balance_minor, ', product knows ',
                 COALESCE(CONCAT('version ', l.version, ' with ', l.available_minor), 'nothing')) AS detail
            FROM {payment}.wallets w LEFT JOIN {product}.buyer_limits l ON l.user_id = w.user_id AND l.currency = w.currency
           WHERE NOT COALESCE(l.version = w.version AND l.status = w.status AND l.spend_limit_minor = w.spend_limit_minor
                   AND l.available_minor = w.balance_minor + w.credit_limit_minor - w.held_minor, FALSE)`,
  },
  {
    check: 'every account has one wallet, and every wallet an account',
    sql: `SELECT HEX(u.id) AS subject, CONCAT(COUNT(w.id), ' wallets') AS detail
            FROM {auth}.users u LEFT JOIN {payment}.wallets w ON w.user_id = u.id GROUP BY u.id HAVING COUNT(w.id) <> 1
           UNION ALL
          SELECT HEX(w.user_id), 'a wallet without an account'
            FROM {payment}.wallets w LEFT JOIN {auth}.users u ON u.id = w.user_id WHERE u.id IS NULL`,
  },
  ...(['auth', 'product', 'payment'] as const).flatMap((service) => [
    {
      check: 'there are no dead letters',
      sql: `SELECT '${service}' AS subject, CONCAT(topic, '/', partition_id, ' offset ', message_offset, ': ', reason) AS detail
              FROM {${service}}.dead_letters`,
    },
    {
      check: 'nothing waits behind a dead letter',
      sql: `SELECT '${service}' AS subject, CONCAT('events of the key ', message_key) AS detail FROM {${service}}.quarantined`,
    },
  ]),
];

const MOST_OF_A_RULE = 20;

export const databaseRules = rules.length;

export async function checkDatabases(checker: Checker): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { check, sql } of rules) {
    const rows = await checker.rows<{ subject: string; detail: string | Buffer }>(
      `SELECT * FROM (${sql}) AS broken LIMIT ${MOST_OF_A_RULE}`,
    );
    findings.push(...rows.map(({ subject, detail }) => ({ check, subject: idOf(subject), detail: String(detail) })));
  }
  return findings;
}

function idOf(hex: string): string {
  return /^[0-9A-F]{32}$/.test(hex) ? hex.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : hex;
}
