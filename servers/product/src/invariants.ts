import type { Invariant } from '@florin/invariants';
import { cartInvariants } from './carts/index.ts';
import { catalogueInvariants } from './catalogue/index.ts';
import { claimInvariants } from './claims/index.ts';
import { couponInvariants } from './coupons/index.ts';
import { customerInvariants } from './customers/index.ts';
import { fulfilmentInvariants } from './fulfilment/index.ts';
import { imageInvariants } from './images/index.ts';
import { purchaseInvariants } from './purchases/index.ts';
import { searchInvariants } from './search/index.ts';
import { stockInvariants } from './stock/index.ts';

/** The invariants of all features. */
export const invariants: readonly Invariant[] = [
  ...stockInvariants,
  ...purchaseInvariants,
  ...cartInvariants,
  ...fulfilmentInvariants,
  ...claimInvariants,
  ...catalogueInvariants,
  ...searchInvariants,
  ...couponInvariants,
  ...customerInvariants,
  ...imageInvariants,
];
