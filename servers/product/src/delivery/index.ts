export {
  type Address,
  addressSchema,
  eraseAddresses,
  newAddressSchema,
  type PurchaseAddress,
  readAddress,
  saveAddresses,
  storeAddresses,
} from './address.ts';
export {
  type DeliveryWish,
  deliveryField,
  type FrozenMethod,
  frozenMethod,
  frozenMethodSchema,
  type QuotedDelivery,
  quotedDeliveryField,
} from './delivery-wish.ts';
export { deliveryErrors } from './errors.ts';
export type { DeliveryMethod } from './method.ts';
export { type DeliveryMethods, noMethods, readMethods } from './read-methods.ts';
