import Joi from 'joi';

/** A whole number of minor units, of 1 or more. Joi refuses what a number cannot carry exactly. */
export const positiveMinor = Joi.number().integer().min(1);

export const currencyField = Joi.string()
  .length(3)
  .uppercase()
  .description("The wallet's currency; the platform's own if left out");

/** Which of a user's wallets is meant. */
export const currencyQuery = Joi.object<{ currency?: string }>({ currency: currencyField });

export const userIdField = Joi.string().guid().lowercase().required();

export const userParams = Joi.object<{ userId: string }, true>({ userId: userIdField });

export const idParams = Joi.object<{ id: string }, true>({ id: Joi.string().guid().lowercase().required() });
