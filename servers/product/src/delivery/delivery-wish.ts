import { country, id, named, wholeNumber } from '@florin/values';
import Joi from 'joi';
import { type Address, newAddressSchema } from './address.ts';
import type { DeliveryMethod } from './method.ts';

/** The delivery that a buyer asks for. */
export type DeliveryWish = { methodId: string; address: Address };

/** `delivery` in the body of a purchase or a checkout. */
export const deliveryField = named(
  'NewDelivery',
  Joi.object<DeliveryWish, true>({
    methodId: id().required().description('A delivery method'),
    address: newAddressSchema.required(),
  }),
);

/** The delivery that a quote counts. */
export type QuotedDelivery = { methodId: string; country?: string };

/** `delivery` in the body of a quote. */
export const quotedDeliveryField = named(
  'QuotedDelivery',
  Joi.object<QuotedDelivery, true>({
    methodId: id().required().description('A delivery method'),
    country: country().description(
      'Where the parcel goes: a code of ISO 3166-1. Without it, the countries of the method do not count',
    ),
  }),
);

/** The method of a purchase, as it was when the purchase was requested. */
export type FrozenMethod = Pick<DeliveryMethod, 'name' | 'countries' | 'minDays' | 'maxDays'> & { methodId: string };

export function frozenMethod({ id: methodId, name, countries, minDays, maxDays }: DeliveryMethod): FrozenMethod {
  return { methodId, name, minDays, maxDays, ...(countries === undefined ? {} : { countries }) };
}

/** `delivery` of a purchase. */
export const frozenMethodSchema = named(
  'PurchaseDelivery',
  Joi.object({
    methodId: id().required(),
    name: Joi.string().required(),
    minDays: wholeNumber().required(),
    maxDays: wholeNumber().required(),
    countries: Joi.array().items(country()).description('Where the method goes; absent: everywhere'),
  }),
).description('The delivery method as it was when the purchase was requested');
