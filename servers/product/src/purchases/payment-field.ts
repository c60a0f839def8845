import { named } from '@florin/values';
import Joi from 'joi';
import type { Payment } from './purchase.ts';

/** How a buyer wants to pay. The wallet is the only method so far, and the default. */
export const paymentField = named(
  'PaymentChoice',
  Joi.object<Payment, true>({ method: Joi.string().valid('wallet').required() }),
).description('Default: by wallet');
