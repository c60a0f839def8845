import { AppError, requestErrors } from '@florin/app-response';
import { execute, idBytes, insertRows, lockById, newId, omitFields, query, updateByKey } from '@florin/database';
import { type IfMatch, requireMatch } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { deliveryErrors } from './errors.ts';
import { type DeliveryMethod, type MethodFields, methodsTable, shownMethod } from './method.ts';
import { MAX_METHODS, methodNotFound, readMethod } from './read-methods.ts';

type NewMethod = { fields: MethodFields; currency: string; by: string };

/**
 * Creates a delivery method, with an audit entry.
 *
 * @throws AppError VALIDATION_FAILED if `maxDays` is below `minDays`, TOO_MANY_DELIVERY_METHODS
 */
export async function createMethod(trx: Knex.Transaction, { fields, currency, by }: NewMethod): Promise<DeliveryMethod> {
  requireDays(fields);
  // All rows are locked, so that concurrent requests count one after another.
  const methods = await query(trx, 'SELECT id FROM delivery_methods ORDER BY id FOR UPDATE');
  if (methods.length >= MAX_METHODS) throw new AppError(deliveryErrors.TOO_MANY_DELIVERY_METHODS);
  const at = new Date().toISOString();
  const defaults = { freeFromMinor: null, countries: null, currency, status: 'active' as const };
  const id = newId();
  await insertRows(trx, methodsTable, [{ ...defaults, ...fields, id, createdAt: at, updatedAt: at }]);
  const after = await readMethod(trx, id);
  await appendAuditEntry(trx, { actorId: by, action: 'delivery-method.create', subject: id, after });
  return after;
}

const editedTable = omitFields(methodsTable, ['version', 'createdAt']);

type Edit = { id: string; ifMatch: IfMatch; changes: Partial<MethodFields>; by: string };

/**
 * Changes a delivery method, with an audit entry. Purchases keep the method as it was.
 *
 * @throws AppError NOT_FOUND, PRECONDITION_FAILED, VALIDATION_FAILED if `maxDays` would be below `minDays`
 */
export async function editMethod(trx: Knex.Transaction, { id, ifMatch, changes, by }: Edit): Promise<DeliveryMethod> {
  const stored = await lockMethod(trx, id, ifMatch);
  const edited = { ...stored, ...changes, updatedAt: new Date().toISOString() };
  requireDays(edited);
  await updateByKey(trx, editedTable, [edited], { set: 'delivery_methods.version = delivery_methods.version + 1' });
  const after = await readMethod(trx, id);
  await appendAuditEntry(trx, { actorId: by, action: 'delivery-method.edit', subject: id, before: shownMethod(stored), after });
  return after;
}

/**
 * Deletes a delivery method, with an audit entry. Purchases keep their copy of it.
 *
 * @throws AppError NOT_FOUND, PRECONDITION_FAILED
 */
export async function deleteMethod(trx: Knex.Transaction, { id, ifMatch, by }: Omit<Edit, 'changes'>): Promise<void> {
  const stored = await lockMethod(trx, id, ifMatch);
  await execute(trx, 'DELETE FROM delivery_methods WHERE id = ?', [idBytes(id)]);
  await appendAuditEntry(trx, { actorId: by, action: 'delivery-method.delete', subject: id, before: shownMethod(stored) });
}

async function lockMethod(trx: Knex.Transaction, id: string, ifMatch: IfMatch) {
  const stored = await lockById(trx, methodsTable, id);
  if (stored === undefined) throw methodNotFound(id);
  requireMatch(ifMatch, stored);
  return stored;
}

function requireDays({ minDays, maxDays }: Pick<MethodFields, 'minDays' | 'maxDays'>): void {
  if (minDays <= maxDays) return;
  throw new AppError(requestErrors.VALIDATION_FAILED, {
    errors: [{ path: 'maxDays', message: `maxDays must be at least minDays, which is ${minDays}` }],
  });
}
