import Joi from 'joi';

export type ShopSetting = { SHOP: 'on' | 'off' };

/** Read by each service that has features of the shop, so that all of them start and stop at one place. */
export const shopSetting = {
  SHOP: Joi.string()
    .valid('on', 'off')
    .default('on')
    .description(
      'Carts, checkout, coupons, delivery, claims and partial refunds: on or off (default on). Off, their endpoints get 404, and their events are still handled. Set off while instances of a release without them run. Set the same for all services',
    ),
};
