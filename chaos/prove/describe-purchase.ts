import { idBytes, isId } from '@florin/database';
import type { Finding } from './finding.ts';
import type { Checker } from './open-checker.ts';

/** Describes the first purchase among the findings from all databases. */
export async function describePurchase(checker: Checker, findings: readonly Finding[]): Promise<string[]> {
  for (const { subject } of findings) {
    if (!isId(subject)) continue;
    const id = `0x${idBytes(subject).toString('hex')}`;
    const lines = [
      ...(await checker.rows<{ line: string }>(
        `SELECT CONCAT('product: ', status, ', refund ', refund, ', total ', total_minor, ', version ', version, ', created ', created_at,
                ', updated ', updated_at) AS line FROM {product}.purchases WHERE id = ${id}`,
      )),
      ...(await checker.rows<{ line: string }>(
        `SELECT CONCAT('payment: ', status, ' ', amount_minor, ', version ', version, ', created ', created_at) AS line
           FROM {payment}.payments WHERE purchase_id = ${id}`,
      )),
      ...(await checker.rows<{ line: string }>(
        `SELECT CONCAT('transfer: ', type, ' ', amount_minor, ' at ', created_at) AS line FROM {payment}.transfers WHERE purchase_id = ${id}`,
      )),
      ...(await checker.rows<{ line: string }>(
        `SELECT CONCAT('timeline: ', at, ' ', type, ' ', LOWER(HEX(event_id)), ' ', COALESCE(detail, '')) AS line
           FROM {product}.purchase_timeline WHERE purchase_id = ${id} ORDER BY at, id`,
      )),
    ].map(({ line }) => String(line));
    if (lines.length > 0) return [`purchase ${subject}`, ...lines];
  }
  return [];
}
