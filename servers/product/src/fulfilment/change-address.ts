import { AppError, requestErrors } from '@florin/app-response';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Address, saveAddresses } from '../delivery/index.ts';
import { findErased } from '../erased-users/index.ts';
import { lockPurchase, readPurchase } from '../purchases/index.ts';
import { fulfilmentErrors } from './errors.ts';

type Change = {
  purchaseId: string;
  /** The user who must own the purchase; absent for staff. */
  ownerId?: string | undefined;
  address: Address;
  by: string;
};

/**
 * Saves or replaces the address of a purchase that is not shipped yet. A change by staff has an audit entry, without the address.
 *
 * @throws AppError NOT_FOUND, INVALID_TRANSITION, BUYER_ERASED, VALIDATION_FAILED if the delivery method does not go to the country
 */
export async function changeAddress(trx: Knex.Transaction, { purchaseId, ownerId, address, by }: Change): Promise<void> {
  const { purchase } = await lockPurchase(trx, purchaseId, { ownerId });
  const { userId, status } = purchase;
  if (status !== 'requested' && status !== 'paid')
    throw new AppError(requestErrors.INVALID_TRANSITION, {
      detail: `The address of a purchase that is ${status} cannot change.`,
    });
  if ((await findErased(trx, [userId])).has(userId)) throw new AppError(fulfilmentErrors.BUYER_ERASED);
  const { delivery } = await readPurchase(trx, purchaseId);
  if (delivery?.countries !== undefined && !delivery.countries.includes(address.country)) throw notReached(delivery.name);
  await saveAddresses(trx, [{ purchaseId, userId, address }]);
  if (by !== userId) await appendAuditEntry(trx, { actorId: by, action: 'delivery.address', subject: purchaseId });
}

function notReached(method: string): AppError {
  return new AppError(requestErrors.VALIDATION_FAILED, {
    errors: [{ path: 'country', message: `country must be one that the delivery method ${method} goes to` }],
  });
}
