import { newId } from '@florin/database';
import { type Event, keyOf } from '@florin/events';
import type { Message, PurchaseRequest } from './purchase-flow-model.ts';
import { products, unknownProduct, users } from './purchase-flow-steps.ts';

/** Maps the model's names and purchase numbers to ids. */
export type Names = { userIds: Map<string, string>; productIds: Map<string, string>; purchaseIds: string[] };

export function createNames(createdProducts: readonly string[]): Names {
  const productIds = new Map<string, string>([[unknownProduct, newId()]]);
  for (const [index, id] of createdProducts.entries()) productIds.set(products[index]?.name ?? '', id);
  return { userIds: new Map(users.map((user) => [user, newId()])), productIds, purchaseIds: [] };
}

export function idOf(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`There is no ${name}.`);
  return id;
}

export function nameOf(ids: ReadonlyMap<string, string>, wanted: string): string {
  for (const [name, id] of ids) if (id === wanted) return name;
  return wanted;
}

/** Converts an event to the model's form, without ids of transfers and texts of reasons. */
export function messageOf({ userIds, purchaseIds }: Names, event: Event): Message {
  const { type, data } = event;
  const user = nameOf(userIds, keyOf(event));
  if (!('purchaseId' in data)) return { type, user } as Message;
  const { userId: _user, purchaseId, items: _items, transferId: _transfer, ...facts } = data as PurchaseFacts;
  const { reason: _reason, ...factsOfCancel } = facts;
  const told = type === 'purchase-cancelled' ? factsOfCancel : facts;
  return { type, user, purchase: purchaseIds.indexOf(purchaseId), ...told } as Message;
}

type PurchaseFacts = { userId: string; purchaseId: string; items?: unknown; transferId?: string; reason?: string };

export function describeRequest({ user, key, items }: PurchaseRequest): string {
  return `${user} buys ${items.map(({ product, quantity }) => `${quantity} ${product}`).join(' + ')} with the ${key} key`;
}

export function describeMessage(message: Message): string {
  return 'purchase' in message ? `${message.type} #${message.purchase}` : `${message.type} of ${message.user}`;
}
