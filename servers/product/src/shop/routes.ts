import { type Endpoint, endpoint, reply } from '@florin/http';
import { currency, list, minorUnitsOf, named, percent, token, wholeNumber } from '@florin/values';
import Joi from 'joi';
import { MAX_LOCALES } from './locales.ts';

/** What a shop's pages need before anyone signs in. */
export type Shop = {
  currency: string;
  locales: string[];
  taxRatePercent: number;
  claimDays: number;
  hasTopUps: boolean;
};

const shopSchema = named(
  'Shop',
  Joi.object<Shop & { minorUnits: number }, true>({
    currency: currency().required().description('Currency of requests that name none'),
    minorUnits: wholeNumber().required().description('Decimals of amounts in this currency: 2 for EUR, 0 for JPY (ISO 4217)'),
    locales: list(MAX_LOCALES)
      .items(token(35))
      .required()
      .description('Languages of the pages, as BCP 47 tags. The first is the default'),
    taxRatePercent: percent().required().description('Tax rate of products that name none. Prices include it'),
    claimDays: wholeNumber().required().description('Days after delivery in which a buyer may claim'),
    hasTopUps: Joi.boolean().required().description('Whether buyers can top up their wallets'),
  }),
);

export function shopRoutes(shop: Shop): Endpoint[] {
  const data = { ...shop, minorUnits: minorUnitsOf(shop.currency) };
  return [
    endpoint({
      operationId: 'readShop',
      method: 'get',
      path: '/v1/shop',
      summary: 'Read the settings of the shop',
      access: 'anyone',
      cacheControl: 'public, max-age=300',
      answers: { 200: { description: 'The settings of the shop', data: shopSchema } },
      handle: async () => reply(200, data),
    }),
  ];
}
