import { amountMinor, currency, id } from '@florin/values';
import Joi from 'joi';

/** Minor units, 1 or more. Joi refuses unsafe integers. */
export const positiveMinor = amountMinor().min(1);

export const currencyField = currency().description("The wallet's currency; by default the platform's");

export const currencyQuery = Joi.object<{ currency?: string }>({ currency: currencyField });

export const userIdField = id().required();

export const userParams = Joi.object<{ userId: string }, true>({ userId: userIdField });

export const idParams = Joi.object<{ id: string }, true>({ id: id().required() });

/** Returns an id of a request as it is stored. */
export function sentId(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** Returns the currency of a request as it is stored; undefined if it has none. */
export function sentCurrency({ currency }: Readonly<Record<string, unknown>>): unknown {
  return typeof currency === 'string' ? currency.toUpperCase() : currency;
}
