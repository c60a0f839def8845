import Joi from 'joi';

export type TopUpProviderName = 'none' | 'sandbox';

export type TopUpProviderSetting = { TOP_UP_PROVIDER?: TopUpProviderName };

/** Read by payment, which calls the provider, and by product, which tells shops whether there is one. */
export const topUpProviderSetting = {
  TOP_UP_PROVIDER: Joi.string()
    .when('NODE_ENV', {
      is: 'production',
      // biome-ignore lint/suspicious/noThenProperty: it is Joi's name
      then: Joi.valid('none'),
      otherwise: Joi.valid('none', 'sandbox'),
    })
    .description(
      'Provider of top-ups: none or sandbox, which moves no real money (default sandbox in development, none in production). Set the same for payment and product',
    ),
};

export function topUpProviderOf({ TOP_UP_PROVIDER }: TopUpProviderSetting, isProduction: boolean): TopUpProviderName {
  return TOP_UP_PROVIDER ?? (isProduction ? 'none' : 'sandbox');
}
