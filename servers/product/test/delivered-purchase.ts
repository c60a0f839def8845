import { newId } from '@florin/database';
import type { Person, ProductPlatform } from './product-platform.ts';

export type Bought = { id: string; userId: string; totalMinor: number; productId: string };

/** A purchase of 4 units for 15.00 each that payment has charged. */
export async function paidPurchase(platform: ProductPlatform, who: Person, quantity = 4): Promise<Bought> {
  const { id: productId } = await platform.product();
  const { id, userId, totalMinor } = (await platform.buy(who, [{ productId, quantity }])).body.data;
  await platform.say('purchase-paid', { purchaseId: id, userId, amountMinor: totalMinor, transferId: newId() });
  await platform.becomes(who, id, { status: 'paid' });
  return { id, userId, totalMinor, productId };
}

export async function deliveredPurchase(platform: ProductPlatform, who: Person, quantity = 4): Promise<Bought> {
  const purchase = await paidPurchase(platform, who, quantity);
  for (const verb of ['ship', 'deliver'])
    await platform.call('POST', `/v1/purchases/${purchase.id}/${verb}`, { token: platform.staff.token });
  return purchase;
}
