import Joi from 'joi';

export type ShopSetting = { SHOP: 'on' | 'off' };

/** Each service with features of the shop reads this setting, so that all of them offer the shop or none does. */
export const shopSetting = {
  SHOP: Joi.string()
    .valid('on', 'off')
    .default('on')
    .description(
      'Carts, checkout, coupons, delivery, claims, partial refunds and customers: on or off (default on). off: their endpoints answer 404 and auth publishes no contacts; events are still handled. Set it off while instances of a release without the shop run. Set the same value for auth and product',
    ),
};
