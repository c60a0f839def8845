import { amountMinor, currency, id } from '@florin/values';
import Joi from 'joi';

/** A whole number of minor units, of 1 or more. Joi refuses what a number cannot carry exactly. */
export const positiveMinor = amountMinor().min(1);

export const currencyField = currency().description("The wallet's currency; the platform's own if left out");

/** Which of a user's wallets is meant. */
export const currencyQuery = Joi.object<{ currency?: string }>({ currency: currencyField });

export const userIdField = id().required();

export const userParams = Joi.object<{ userId: string }, true>({ userId: userIdField });

export const idParams = Joi.object<{ id: string }, true>({ id: id().required() });

/** An id as it was sent, in the case in which it is kept. */
export function sentId(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** The currency that a request named, in the case in which it is kept; undefined where it named none. */
export function sentCurrency({ currency }: Readonly<Record<string, unknown>>): unknown {
  return typeof currency === 'string' ? currency.toUpperCase() : currency;
}
